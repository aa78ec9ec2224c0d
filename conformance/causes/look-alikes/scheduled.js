// The cron handler refreshes a value for the requests.
let rates = 'none';

export default {
  async scheduled(controller, env, ctx) {
    ctx.waitUntil((async () => {
      const response = await fetch('http://up.test/delay/1');
      rates = await response.text();
    })());
  },
  async fetch() {
    await scheduler.wait(1);
    return new Response(typeof rates);
  },
};
