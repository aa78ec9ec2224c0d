// The owner can make progress at first, so the other one may wait; then it hangs and drags it along.
let session;

class Session {
  static async open(request) {
    const name = await request.text();
    const session = new Session(name);
    await session.#handshake();
    return session;
  }

  constructor(name) {
    this.name = name;
  }

  #handshake() {
    return new Promise((resolve, reject) => {
      if (this.name === "") {
        reject(new Error("no name"));
      } else if (this.name === "admin") {
        resolve();
      }
    });
  }
}

export default {
  async fetch(request) {
    session ??= Session.open(request);
    const { name } = await session;
    return new Response(`hello ${name}`);
  },
};
