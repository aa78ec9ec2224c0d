// The default cache gives each request a Response of its own.
export default {
  async fetch(request, env, ctx) {
    const cache = caches.default;
    const cached = await cache.match('http://up.test/cached');
    if (cached !== undefined) return cached;
    const response = await fetch('http://up.test/delay/2');
    const copy = new Response(await response.text(), { headers: { 'cache-control': 'max-age=60' } });
    ctx.waitUntil(cache.put('http://up.test/cached', copy.clone()));
    return copy;
  },
};
