// Waits for its write to be taken before anybody has got the other end.
export default {
  async fetch() {
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    await writer.write(new TextEncoder().encode('hello'));
    await writer.close();
    return new Response(readable);
  },
};
