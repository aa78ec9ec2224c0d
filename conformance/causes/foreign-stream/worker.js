// The first request keeps its body's stream, the next one reads from it.
const uploads = { current: null };

async function firstChunk() {
  for await (const chunk of uploads.current) {
    return chunk;
  }
}

export default {
  async fetch(request) {
    if (request.method === 'POST') {
      uploads.current = request.body;
      await scheduler.wait(20000);
      return new Response('kept');
    }
    return new Response(await firstChunk());
  },
};
