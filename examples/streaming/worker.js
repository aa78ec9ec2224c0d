// Sends a line every 300 ms: the client sees each one when it is made, not all at the end.
// Try: whence dev examples/streaming/worker.js, then curl -N http://127.0.0.1:8787/?lines=5
export default {
  async fetch(request, env, ctx) {
    const lines = Number(new URL(request.url).searchParams.get('lines') ?? 5);
    const { readable, writable } = new TransformStream();
    ctx.waitUntil(count(lines, writable));
    return new Response(readable, { headers: { 'content-type': 'text/plain;charset=UTF-8' } });
  },
};

async function count(lines, writable) {
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  for (let line = 1; line <= lines; line++) {
    await writer.write(encoder.encode(`line ${line} of ${lines}\n`));
    await scheduler.wait(300);
  }
  await writer.close();
}
