// The shared promise comes in by way of a callback.
const pages = {};

function load(path) {
  pages[path] ??= fetch(`https://cms.example/delay/60000${path}`).then((reply) => reply.text());
  return pages[path];
}

const normalise = async (url) => new URL(url).pathname.replace(/^\/[ab]$/, "/home");

export default {
  fetch(request) {
    return normalise(request.url)
      .then((path) => load(path))
      .then((html) => new Response(html));
  },
};
