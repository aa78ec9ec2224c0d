export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    await scheduler.wait(1);
    return new Response('hello ' + pathname.slice(1));
  },
};
