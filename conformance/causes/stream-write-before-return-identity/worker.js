// The same with the class that only Workers have.
async function send(writable, text) {
  const writer = writable.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
}

export default {
  async fetch() {
    const { readable, writable } = new IdentityTransformStream();
    await send(writable, 'hello');
    return new Response(readable);
  },
};
