// At most one page is kept. It is put there when it is complete, and a request holds on to its own.
const LIMIT = 1;
const pages = new Map();

async function load(path) {
  const kept = pages.get(path);
  if (kept) return kept;
  const response = await fetch('https://api.test' + path);
  const page = { path, html: await response.text() };
  if (pages.size >= LIMIT) pages.delete(pages.keys().next().value);
  pages.set(path, page);
  return page;
}

export default {
  async fetch(request) {
    const page = await load(new URL(request.url).pathname);
    return new Response('<main>' + page.html + '</main>');
  },
};
