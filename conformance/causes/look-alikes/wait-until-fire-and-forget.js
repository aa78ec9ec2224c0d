// Background work that ends well.
export default {
  async fetch(request, env, ctx) {
    ctx.waitUntil(scheduler.wait(2).then(() => fetch('http://up.test/log', { method: 'POST', body: 'line' })));
    return new Response('sent');
  },
};
