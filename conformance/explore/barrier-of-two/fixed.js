// Writes go out together at multiples of 20 ms, each by its own timer.
function arrive() {
  return scheduler.wait(20 - (Date.now() % 20));
}

export default {
  async fetch(request) {
    await arrive();
    return new Response('written ' + new URL(request.url).pathname);
  },
};
