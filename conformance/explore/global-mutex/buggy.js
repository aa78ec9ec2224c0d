// One at a time: each waits for the one before. One that is cancelled never lets go.
let last = Promise.resolve();

export default {
  async fetch() {
    const before = last;
    let release;
    last = new Promise((resolve) => (release = resolve));
    await before;
    try {
      await scheduler.wait(50);
      return new Response('done');
    } finally {
      release();
    }
  },
};
