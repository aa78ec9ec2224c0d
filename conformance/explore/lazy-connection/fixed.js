// The session is kept once it is there; until then each request opens its own.
class Client {
  #session = null;

  async #open() {
    const response = await fetch('https://api.test/session', { method: 'POST' });
    return response.json();
  }

  async query(text) {
    this.#session ??= await this.#open();
    return this.#session.name + ' says ' + text;
  }
}

const client = new Client();

export default {
  async fetch(request) {
    return new Response(await client.query(new URL(request.url).pathname));
  },
};
