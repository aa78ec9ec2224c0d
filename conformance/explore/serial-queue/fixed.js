export default {
  async fetch(request) {
    await scheduler.wait(5);
    return new Response(new URL(request.url).pathname);
  },
};
