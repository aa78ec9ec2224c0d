// At most one page is kept. The oldest makes room, though its request is not done with it.
const LIMIT = 1;
const pages = new Map();

async function fill(path) {
  if (pages.has(path) === false) {
    if (pages.size >= LIMIT) pages.delete(pages.keys().next().value);
    pages.set(path, { path, html: null });
    const response = await fetch('https://api.test' + path);
    pages.get(path).html = await response.text();
  }
}

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    await fill(pathname);
    return new Response('<main>' + pages.get(pathname).html + '</main>');
  },
};
