let model;

async function download() {
  const reply = await fetch("https://models.example/delay/60000/small");
  return reply.arrayBuffer();
}

export default {
  async fetch(request) {
    model ??= download();
    const bytes = await model;
    return new Response(`${bytes.byteLength} bytes`);
  },
};
