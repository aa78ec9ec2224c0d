// Initialises itself with its first request, and keeps what it got for all later ones.
let settings;
let a;
let b;

export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    console.log('start', pathname);
    if (pathname === '/a') {
      a = Promise.withResolvers();
      while (!b) await scheduler.wait(5);
      await b.promise;
      a.resolve();
    } else if (pathname === '/b') {
      while (!a) await scheduler.wait(5);
      b = Promise.withResolvers();
      await a.promise;
      b.resolve();
    } else {
      settings ??= load(env.SETTINGS_URL);
      if (pathname.startsWith('/kept')) ctx.waitUntil(settings);
      await settings;
    }
    console.log('end', pathname);
    return new Response(await settings);
  },
};

async function load(url) {
  const response = await fetch(url);
  return response.text();
}
