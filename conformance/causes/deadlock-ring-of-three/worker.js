// Dining philosophers, one request each: all take their left fork, then ask for the right one.
const forks = [null, null, null];

class Fork {
  #free = Promise.withResolvers();

  whenFree() {
    return this.#free.promise;
  }

  putDown() {
    this.#free.resolve();
  }
}

async function take(index) {
  if (forks[index] !== null) {
    await forks[index].whenFree();
  }
  forks[index] = new Fork();
  return forks[index];
}

export default {
  async fetch(request) {
    const seat = Number(new URL(request.url).pathname.slice(1));
    const left = await take(seat);
    await request.text();
    const right = await take((seat + 1) % 3);
    right.putDown();
    left.putDown();
    return new Response("fed");
  },
};
