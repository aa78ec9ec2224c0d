// The twin of shared-promise as an ES module: one request's pending promise, awaited by all others.
// Try: whence dev examples/shared-promise-module/worker.js --cross-request follow (or cancel)
let blocker;

export default {
  async fetch(request) {
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
  },
};

function sleep(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
