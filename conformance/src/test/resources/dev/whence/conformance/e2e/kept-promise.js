// As examples/shared-promise, but the promise is kept once it is fulfilled, and what ran is counted.
let blocker;
let started = 0;
let resumed = 0;
let ended = 0;

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === '/counts') {
      return new Response(`started ${started}, resumed ${resumed}, finally ${ended}`);
    }
    started++;
    console.log('start', pathname);
    blocker ??= sleep(1000);
    try {
      await blocker;
      resumed++;
    } finally {
      ended++;
      console.log('end', pathname);
    }
    return new Response(`done ${pathname}\n`);
  },
};

function sleep(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
