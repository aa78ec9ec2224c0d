// Chunks of a feed are handed out from one reader.
let reader = null;

async function nextChunk() {
  if (reader === null) {
    const response = await fetch('https://api.test/feed');
    reader = response.body.getReader();
  }
  const { done, value } = await reader.read();
  if (done) reader = null;
  return done ? 'end of the feed' : new TextDecoder().decode(value);
}

export default {
  async fetch() {
    return new Response(await nextChunk());
  },
};
