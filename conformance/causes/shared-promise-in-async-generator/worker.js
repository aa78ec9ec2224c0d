// Each request has a generator of its own, which awaits what they share.
let firstPage;

async function loadPage(number) {
  const reply = await fetch(`https://list.example/delay/60000/${number}`);
  return (await reply.text()).split(" ");
}

async function* entries() {
  firstPage ??= loadPage(1);
  yield* await firstPage;
  yield* await loadPage(2);
}

export default {
  async fetch(request) {
    const lines = [];
    for await (const entry of entries()) {
      lines.push(entry);
    }
    return new Response(lines.join("\n"));
  },
};
