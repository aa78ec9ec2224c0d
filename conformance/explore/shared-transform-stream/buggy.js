// A live channel that all requests write to, and the first streams.
let channel = null;

export default {
  async fetch(request, env, ctx) {
    const line = new TextEncoder().encode(new URL(request.url).pathname + '\n');
    if (channel === null) {
      const { readable, writable } = new TransformStream();
      channel = writable.getWriter();
      const done = channel.write(line).then(() => scheduler.wait(20));
      ctx.waitUntil(done.then(() => channel.close()).finally(() => (channel = null)));
      return new Response(readable);
    }
    await channel.write(line);
    return new Response('sent');
  },
};
