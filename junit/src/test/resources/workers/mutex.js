let blocker = null;
export default {
  async fetch() {
    if (blocker) await blocker;
    blocker = new Promise((done) => setTimeout(done, 20000));
    await blocker;
    blocker = null;
    return new Response('done');
  },
};
