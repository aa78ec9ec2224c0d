// Nothing is shared, so nothing needs a lock.
export default {
  async fetch() {
    await scheduler.wait(50);
    return new Response('done');
  },
};
