// Reads from the readable side of a pair whose writable side nobody uses.
const pair = () => new TransformStream();

async function first(stream) {
  const reader = stream.getReader();
  const { value } = await reader.read();
  return value;
}

export default {
  async fetch() {
    const { readable } = pair();
    return new Response(await first(readable));
  },
};
