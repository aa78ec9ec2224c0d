// This worker survives: it starts anew when the one before has gone.
let list;

async function load(delay) {
  const reply = await fetch(`https://list.example/delay/${delay}/list`);
  return reply.text();
}

export default {
  async fetch(request) {
    list ??= load(60000);
    try {
      return new Response(await list);
    } catch {
      list = load(0);
      return new Response(await list);
    }
  },
};
