// Keys of one request are loaded together.
class Loader {
  #queue = [];

  async #dispatch() {
    await scheduler.wait(1);
    const batch = this.#queue;
    this.#queue = [];
    const response = await fetch('https://api.test/users?ids=' + batch.map((one) => one.key));
    const { name } = await response.json();
    for (const { key, resolve } of batch) resolve(name + ' ' + key);
  }

  load(key) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ key, resolve });
      if (this.#queue.length === 1) this.#dispatch().catch(reject);
    });
  }
}

export default {
  async fetch(request) {
    const loader = new Loader();
    return new Response(await loader.load(new URL(request.url).pathname.slice(1)));
  },
};
