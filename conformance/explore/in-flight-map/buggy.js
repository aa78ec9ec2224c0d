// Requests for the same path share one fetch.
const inFlight = new Map();

function load(path) {
  if (!inFlight.has(path)) {
    const loading = fetch('https://api.test' + path)
      .then((response) => response.text())
      .finally(() => inFlight.delete(path));
    inFlight.set(path, loading);
  }
  return inFlight.get(path);
}

export default {
  async fetch(request) {
    return new Response(await load(new URL(request.url).pathname));
  },
};
