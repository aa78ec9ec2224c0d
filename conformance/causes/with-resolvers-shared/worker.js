// The first request warms the cache; the others wait at the gate.
let gate = null;

async function warmUp() {
  const reply = await fetch("https://cache.example/delay/60000/warm");
  return reply.status;
}

async function enter() {
  if (gate !== null) {
    return gate.promise;
  }
  gate = Promise.withResolvers();
  try {
    gate.resolve(await warmUp());
  } catch (error) {
    gate.reject(error);
  }
  return gate.promise;
}

export default {
  async fetch() {
    const status = await enter();
    return new Response(`warm: ${status}`);
  },
};
