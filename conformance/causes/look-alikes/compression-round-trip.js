// Compresses and decompresses its text, each end awaited in the right order.
export default {
  async fetch() {
    const body = new Response('text '.repeat(1000)).body;
    const packed = body.pipeThrough(new CompressionStream('gzip'));
    const unpacked = packed.pipeThrough(new DecompressionStream('gzip'));
    const text = await new Response(unpacked).text();
    return new Response(String(text.length));
  },
};
