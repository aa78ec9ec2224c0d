// A search is aborted with its own client's request.
async function search(query, signal) {
  const response = await fetch('https://api.test/search?q=' + query, { signal });
  return (await response.json()).name;
}

export default {
  async fetch(request) {
    return new Response(await search(new URL(request.url).searchParams.get('q'), request.signal));
  },
};
