// Two connections for all; who finds none waits until one is given back.
const idle = [{ id: 1 }, { id: 2 }];
const waiters = [];

function checkOut() {
  if (idle.length > 0) return Promise.resolve(idle.pop());
  return new Promise((resolve) => waiters.push(resolve));
}

function giveBack(connection) {
  const waiter = waiters.shift();
  if (waiter) waiter(connection);
  else idle.push(connection);
}

export default {
  async fetch(request) {
    const connection = await checkOut();
    try {
      await scheduler.wait(3);
      return new Response('rows of ' + new URL(request.url).pathname);
    } finally {
      giveBack(connection);
    }
  },
};
