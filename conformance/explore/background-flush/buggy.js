// Lines are gathered and flushed in the background; what comes during the flush is lost.
let lines = [];
let total = 0;

export default {
  async fetch(request, env, ctx) {
    if (request.method === 'GET') return new Response('ok');
    lines.push(await request.text());
    const mine = lines.length;
    await scheduler.wait(1);
    const flushed = lines.length;
    total += flushed;
    lines = [];
    return new Response(mine === flushed ? 'flushed all' : 'flushed ' + (flushed - mine) + ' more');
  },
};
