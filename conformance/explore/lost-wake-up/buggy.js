// A slot that one holds at a time. Signalled when it is free, to whoever is registered by then.
let busy = false;
let waiter = null;

async function enter() {
  while (busy) {
    await scheduler.wait(1);
    await new Promise((resolve) => (waiter = resolve));
  }
  busy = true;
}

function leave() {
  busy = false;
  waiter?.();
  waiter = null;
}

export default {
  async fetch(request) {
    await enter();
    await scheduler.wait(1);
    leave();
    return new Response('through with ' + new URL(request.url).pathname);
  },
};
