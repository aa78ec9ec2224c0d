// The first request of a batch fetches for all that came meanwhile, and tells them.
const pending = new Map();

async function serve(request) {
  const source = await request.text();
  for (const [key, { resolve }] of pending) {
    resolve(`${source}:${key}`);
  }
  pending.clear();
}

function load(key) {
  let entry = pending.get(key);
  if (entry === undefined) {
    entry = Promise.withResolvers();
    pending.set(key, entry);
  }
  return entry.promise;
}

export default {
  async fetch(request) {
    const value = load(new URL(request.url).pathname);
    if (request.method === "POST") {
      await serve(request);
    }
    return new Response(await value);
  },
};
