// Requests for the same item share a fetch; the entry goes when it has come, but not when it fails.
const pending = new Map();

async function load(id) {
  const response = await fetch('https://api.test/items/' + id);
  const item = await response.json();
  pending.delete(id);
  return item;
}

function loadOnce(id) {
  if (!pending.has(id)) pending.set(id, load(id));
  return pending.get(id);
}

export default {
  async fetch(request) {
    const item = await loadOnce(new URL(request.url).searchParams.get('id'));
    return Response.json(item);
  },
};
