// Each answer has its own stream.
export default {
  async fetch(request, env, ctx) {
    const line = new TextEncoder().encode(new URL(request.url).pathname + '\n');
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    const done = writer.write(line).then(() => scheduler.wait(20));
    ctx.waitUntil(done.then(() => writer.close()).catch(() => {}));
    return new Response(readable);
  },
};
