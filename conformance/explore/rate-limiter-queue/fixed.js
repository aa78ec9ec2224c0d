// One call each 10 ms: each reserves its time and waits for it with a timer of its own.
let nextFree = 0;

function throttle() {
  const start = Math.max(Date.now(), nextFree);
  nextFree = start + 10;
  return scheduler.wait(start - Date.now());
}

export default {
  async fetch(request) {
    await throttle();
    await scheduler.wait(1);
    return new Response('called ' + new URL(request.url).pathname);
  },
};
