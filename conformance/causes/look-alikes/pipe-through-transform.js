// A transform between the subrequest and the client.
export default {
  async fetch() {
    const upstream = await fetch('http://up.test/stream/3');
    const upper = new TransformStream({
      transform(chunk, controller) {
        controller.enqueue(new TextEncoder().encode(new TextDecoder().decode(chunk).toUpperCase()));
      },
    });
    return new Response(upstream.body.pipeThrough(upper));
  },
};
