// The second request waits already when the first client leaves.
class Store {
  constructor(url) {
    this.url = url;
    this.index = undefined;
  }

  async lookup(key) {
    this.index ??= this.readIndex();
    const index = await this.index;
    return index.get(key);
  }

  async readIndex() {
    const reply = await fetch(this.url);
    return new Map(Object.entries(await reply.json()));
  }
}

const store = new Store("https://files.example/delay/60000/index.json");

export default {
  async fetch(request) {
    const value = await store.lookup(new URL(request.url).pathname);
    return new Response(value ?? "nothing", { status: value ? 200 : 404 });
  },
};
