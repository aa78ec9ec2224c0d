// All requests write to the event stream that the first one opened.
let writer;

export default {
  async fetch(request) {
    if (request.method === 'POST') {
      const { readable, writable } = new IdentityTransformStream();
      writer = writable.getWriter();
      request.text().then(() => writer.close());
      return new Response(readable);
    }
    await writer.write(new TextEncoder().encode('hello'));
    return new Response('written');
  },
};
