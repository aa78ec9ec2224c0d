// Keeps Responses by path, as a client of an API might keep texts.
class ApiClient {
  responses = new Map();

  async get(path) {
    let response = this.responses.get(path);
    if (response === undefined) {
      response = await fetch('http://up.test' + path);
      this.responses.set(path, response);
    }
    return response;
  }
}

const api = new ApiClient();

export default {
  async fetch(request) {
    const users = await api.get('/users');
    if (request.method === 'POST') return new Response(`status ${users.status}`);
    return new Response(await users.text());
  },
};
