// Each looks up its own.
export default {
  async fetch(request) {
    const id = new URL(request.url).pathname.slice(1);
    const response = await fetch('https://api.test/many?ids=' + id);
    return new Response(await response.text());
  },
};
