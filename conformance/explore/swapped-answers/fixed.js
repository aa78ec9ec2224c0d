export default {
  async fetch(request) {
    const user = new URL(request.url).pathname.slice(1);
    await scheduler.wait(10);
    return new Response('the letters of ' + user);
  },
};
