// A queue of work inside one request, as a Durable Object would keep it for itself.
class Mutex {
  #last = Promise.resolve();

  run(work) {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}

export default {
  async fetch() {
    const mutex = new Mutex();
    const order = [];
    await Promise.all([1, 2, 3].map((i) => mutex.run(async () => {
      await scheduler.wait(4 - i);
      order.push(i);
    })));
    return new Response(order.join());
  },
};
