// The class of the middle layer forgets to call back when there is nothing to do.
class Pool {
  drain(callback) {
    this.jobs ??= [];
    for (const job of this.jobs) {
      job(callback);
    }
  }
}

const pool = new Pool();

const drained = () => new Promise((done) => pool.drain(done));

async function shutDown() {
  await drained();
  return "down";
}

async function handle(request) {
  const state = await shutDown();
  return new Response(state);
}

export default { fetch: (request) => handle(request) };
