// A lock as a queue of resolvers. The second request hangs, the first one calls its resolver later.
const waiters = [];
let isBusy = false;

async function lock() {
  if (isBusy) {
    await new Promise((resolve) => waiters.push(resolve));
  }
  isBusy = true;
}

function unlock() {
  isBusy = false;
  const resolve = waiters.shift();
  if (resolve) {
    resolve();
  }
}

export default {
  async fetch(request) {
    await lock();
    const text = request.method === "POST" ? await request.text() : "";
    unlock();
    return new Response(`wrote ${text.length} characters`);
  },
};
