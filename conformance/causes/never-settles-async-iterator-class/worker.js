// A channel as an async iterator that is never closed.
class Channel {
  constructor() {
    this.values = [];
    this.wake = null;
  }

  send(value) {
    this.values.push(value);
    this.wake?.();
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async next() {
    while (this.values.length === 0) {
      await new Promise((resolve) => {
        this.wake = resolve;
      });
    }
    return { value: this.values.shift(), done: false };
  }
}

export default {
  async fetch(request) {
    const channel = new Channel();
    channel.send("one");
    let text = "";
    for await (const value of channel) {
      text += value;
    }
    return new Response(text);
  },
};
