// Each reads its own feed.
async function firstChunk() {
  const response = await fetch('https://api.test/feed');
  const reader = response.body.getReader();
  const { done, value } = await reader.read();
  await reader.cancel();
  return done ? 'end of the feed' : new TextDecoder().decode(value);
}

export default {
  async fetch() {
    return new Response(await firstChunk());
  },
};
