// Writes one line to its answer and forgets to close the writer.
function lines() {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  writer.write(new TextEncoder().encode('first line\n'));
  return readable;
}

export default {
  async fetch() {
    return new Response(lines());
  },
};
