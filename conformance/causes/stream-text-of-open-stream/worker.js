// Asks for the text of a stream that is never closed.
async function render() {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  writer.write(new TextEncoder().encode('<p>'));
  writer.releaseLock();
  return new Response(readable).text();
}

export default {
  async fetch() {
    const html = await render();
    return new Response(html);
  },
};
