// Answers every request with a clone of one Response object.
let page;

function render() {
  return new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } });
}

export default {
  async fetch(request) {
    page ??= render();
    return page.clone();
  },
};
