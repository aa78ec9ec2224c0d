// The bug Whence is for: one request leaves a pending promise where all others await it.
// Try: whence dev examples/shared-promise/worker.js, then ab -n 10 -c 10 http://127.0.0.1:8787/
let blocker;

addEventListener('fetch', (event) => {
  event.respondWith(handleRequest(event.request));
});

async function handleRequest(request) {
  const { pathname } = new URL(request.url);
  console.log('start', pathname);
  blocker ??= sleep(1000);
  try {
    await blocker;
  } finally {
    console.log('end', pathname);
    blocker = undefined;
  }
  return new Response(`done ${pathname}\n`);
}

function sleep(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
