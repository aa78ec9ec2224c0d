// Somebody was to open the gate, in a request that never came.
let openGate;
const gate = new Promise((resolve) => {
  openGate = resolve;
});

export default {
  async fetch(request) {
    if (request.method === "POST") {
      openGate(await request.text());
      return new Response("open");
    }
    const word = await gate;
    return new Response(word);
  },
};
