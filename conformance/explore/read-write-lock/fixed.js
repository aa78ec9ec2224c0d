// Text is replaced as a whole: a reader sees the old or the new, and nobody waits for anybody.
let text = 'empty';

async function read() {
  const seen = text;
  await scheduler.wait(5);
  return seen;
}

export default {
  async fetch(request) {
    if (request.method === 'GET') return new Response(await read());
    text = 'full';
    return new Response('written');
  },
};
