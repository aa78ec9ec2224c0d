// A slot that one holds at a time. Who finds it taken looks again, but not for ever.
let takenUntil = 0;

async function enter() {
  for (let i = 0; i < 3 && takenUntil > Date.now(); i++) await scheduler.wait(1);
  takenUntil = Date.now() + 2;
}

function leave() {
  takenUntil = 0;
}

export default {
  async fetch(request) {
    await enter();
    await scheduler.wait(1);
    leave();
    return new Response('through with ' + new URL(request.url).pathname);
  },
};
