export default {
  async fetch(request) {
    await new Promise(() => {});
    return new Response("never");
  },
};
