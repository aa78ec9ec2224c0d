// A stale page is answered at once and renewed by the same request's background work.
let page = null;

async function renew() {
  const response = await fetch('https://api.test/page');
  page = await response.text();
}

export default {
  async fetch(request, env, ctx) {
    const renewed = renew();
    ctx.waitUntil(renewed.catch(() => {}));
    if (page === null || request.headers.get('cache-control') === 'no-cache') await renewed;
    return new Response(page);
  },
};
