export default {
  async fetch(request) {
    const buffer = { text: new URL(request.url).pathname };
    await scheduler.wait(10);
    return new Response('for ' + buffer.text);
  },
};
