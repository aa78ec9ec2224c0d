// The warm-up is protected by waitUntil and over when the others come.
let ready;

async function initialise() {
  const response = await fetch('http://up.test/delay/5');
  return response.text();
}

export default {
  async fetch(request, env, ctx) {
    if (new URL(request.url).pathname === '/warm') {
      ready = initialise();
      ctx.waitUntil(ready);
      await ready;
    }
    return new Response(ready === undefined ? 'cold' : await ready);
  },
};
