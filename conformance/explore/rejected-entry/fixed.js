// Items that came are kept; a fetch is its request's own, so a failure is too.
const items = new Map();

async function load(id) {
  if (!items.has(id)) {
    const response = await fetch('https://api.test/items/' + id);
    items.set(id, await response.json());
  }
  return items.get(id);
}

export default {
  async fetch(request) {
    const item = await load(new URL(request.url).searchParams.get('id'));
    return Response.json(item);
  },
};
