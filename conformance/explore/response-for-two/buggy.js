// Requests for the same page share a fetch, and with it the response.
const pending = new Map();

function shared(path) {
  if (!pending.has(path)) {
    const response = fetch('https://api.test' + path).finally(() => pending.delete(path));
    pending.set(path, response);
  }
  return pending.get(path);
}

export default {
  async fetch(request) {
    const response = await shared(new URL(request.url).pathname);
    return new Response(await response.text(), { status: response.status });
  },
};
