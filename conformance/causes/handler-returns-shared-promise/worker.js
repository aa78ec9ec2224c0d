// The whole page is made once. (A Response cannot be shared either, but nobody gets that far.)
let page = null;

function renderOnce() {
  if (page === null) {
    page = render();
  }
  return page;
}

async function render() {
  await new Promise((resolve) => setTimeout(resolve, 5000));
  return new Response("<h1>hello</h1>", { headers: { "content-type": "text/html" } });
}

export default {
  fetch(request) {
    return renderOnce();
  },
};
