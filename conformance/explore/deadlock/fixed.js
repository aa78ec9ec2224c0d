// What is guarded is a step that does not wait: no lock is needed.
export default {
  async fetch(request) {
    const first = new URL(request.url).pathname.slice(1);
    await scheduler.wait(1);
    return new Response(first);
  },
};
