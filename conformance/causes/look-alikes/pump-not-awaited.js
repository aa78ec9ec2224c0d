// The pump runs as long as the answer is read; nobody waits for it.
export default {
  async fetch() {
    const { readable, writable } = new IdentityTransformStream();
    (async () => {
      const writer = writable.getWriter();
      for (const word of ['one ', 'two ', 'three']) await writer.write(new TextEncoder().encode(word));
      await writer.close();
    })();
    return new Response(readable);
  },
};
