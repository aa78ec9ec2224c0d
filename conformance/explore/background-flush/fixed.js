export default {
  async fetch(request) {
    if (request.method === 'GET') return new Response('ok');
    const line = await request.text();
    await scheduler.wait(1);
    return new Response(line === '' ? 'nothing' : 'flushed all');
  },
};
