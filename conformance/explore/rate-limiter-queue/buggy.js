// One call each 10 ms: the others are queued, and a timer lets them go.
const queue = [];
let timer = null;

function throttle() {
  if (timer === null) {
    timer = setInterval(() => {
      const next = queue.shift();
      if (next) return next();
      clearInterval(timer);
      timer = null;
    }, 10);
    return undefined;
  }
  return new Promise((resolve) => queue.push(resolve));
}

export default {
  async fetch(request) {
    await throttle();
    await scheduler.wait(1);
    return new Response('called ' + new URL(request.url).pathname);
  },
};
