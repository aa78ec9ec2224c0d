// Pages of a subrequest, one at a time.
async function* pages(count) {
  for (let i = 0; i < count; i++) {
    const response = await fetch(`http://up.test/page/${i}`);
    yield await response.text();
  }
}

export default {
  async fetch() {
    let text = '';
    for await (const page of pages(3)) text += page;
    return new Response(text);
  },
};
