// The first request initialises for all. Its initialisation waits for an event that nobody sends.
const bus = new EventTarget();
let ready;

async function initialise() {
  await new Promise((resolve) => {
    bus.addEventListener("ready", resolve, { once: true });
  });
  return "ready";
}

export default {
  async fetch(request) {
    ready ??= initialise();
    const state = await ready;
    return new Response(state);
  },
};
