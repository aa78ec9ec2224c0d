// Ticket numbers come from one generator, which fetches them in blocks.
async function* tickets() {
  for (;;) {
    const reply = await fetch("https://tickets.example/delay/60000/block");
    for (const ticket of (await reply.text()).split(",")) {
      yield ticket;
    }
  }
}

const queue = tickets();

export default {
  async fetch(request) {
    const { value } = await queue.next();
    return new Response(`your ticket: ${value}`);
  },
};
