// A client that connects when it is first used.
class Client {
  #ready = null;

  connect() {
    this.#ready ??= this.#open();
    return this.#ready;
  }

  async #open() {
    const response = await fetch('https://api.test/session', { method: 'POST' });
    return response.json();
  }

  async query(text) {
    const session = await this.connect();
    return session.name + ' says ' + text;
  }
}

const client = new Client();

export default {
  async fetch(request) {
    return new Response(await client.query(new URL(request.url).pathname));
  },
};
