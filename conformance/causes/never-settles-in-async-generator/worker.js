// A stream of events whose source says nothing after the first one.
class Source {
  #next = Promise.resolve("hello");

  async *events() {
    for (;;) {
      const event = await this.#next;
      this.#next = new Promise((resolve) => {
        this.emit = resolve;
      });
      yield event;
    }
  }
}

export default {
  async fetch(request) {
    const seen = [];
    for await (const event of new Source().events()) {
      seen.push(event);
      if (seen.length === 2) break;
    }
    return new Response(seen.join());
  },
};
