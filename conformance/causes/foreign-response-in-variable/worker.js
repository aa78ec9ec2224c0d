// Keeps the Response of a subrequest for all requests, each of which reads a clone of it.
let settings;

async function load() {
  const response = await fetch('http://up.test/settings');
  return response;
}

export default {
  async fetch(request) {
    settings ??= await load();
    const copy = settings.clone();
    return new Response(await copy.text());
  },
};
