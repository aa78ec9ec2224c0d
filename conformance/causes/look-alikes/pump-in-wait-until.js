// Returns the readable side first; the pump that writes is kept by waitUntil.
async function pump(writable) {
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  for (let i = 0; i < 5; i++) {
    await writer.write(encoder.encode(`line ${i}\n`));
    await scheduler.wait(1);
  }
  await writer.close();
}

export default {
  async fetch(request, env, ctx) {
    const { readable, writable } = new TransformStream();
    ctx.waitUntil(pump(writable));
    return new Response(readable);
  },
};
