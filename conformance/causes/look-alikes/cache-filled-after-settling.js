// Keeps promises by key, but only from the moment they are fulfilled.
const byKey = new Map();

async function load(key) {
  if (byKey.has(key)) return byKey.get(key);
  const mine = fetch('http://up.test/delay/1/' + key).then((response) => response.text());
  await mine;
  byKey.set(key, mine);
  return mine;
}

export default {
  async fetch(request) {
    return new Response(await load(request.url.length % 3));
  },
};
