// The first request makes a promise that the others wait for; /release settles it.
let waiting = 0;
let shared;
let release;

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === '/release') {
      release('free');
      return new Response('released');
    }
    if (pathname === '/waiting') return new Response(String(waiting));
    waiting++;
    console.log('waiting', pathname);
    shared ??= new Promise((resolve) => {
      release = resolve;
      setTimeout(resolve, 600_000);
    });
    await shared;
    return new Response('done');
  },
};
