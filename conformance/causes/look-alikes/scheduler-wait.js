// Waits for itself, several times.
export default {
  async fetch() {
    await scheduler.wait(0);
    await scheduler.wait(2);
    await Promise.all([scheduler.wait(1), scheduler.wait(2)]);
    return new Response('waited');
  },
};
