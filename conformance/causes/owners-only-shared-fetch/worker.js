let catalog;

async function loadCatalog() {
  const reply = await fetch("https://shop.example/delay/60000/catalog");
  return reply.json();
}

export default {
  async fetch(request) {
    catalog ??= loadCatalog();
    const items = await catalog;
    return Response.json(items);
  },
};
