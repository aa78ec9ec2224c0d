// try and finally change nothing: no code of the request runs once it has hung.
let lease = null;

async function acquire() {
  const reply = await fetch("https://lock.example/delay/60000/lease", { method: "POST" });
  return reply.text();
}

async function withLease(work) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      lease ??= acquire();
      const id = await lease;
      return await work(id);
    } catch (error) {
      console.warn("attempt", attempt, error);
    } finally {
      console.log("attempt", attempt, "is over");
    }
  }
  throw new Error("no lease");
}

export default {
  fetch: (request) => withLease(async (id) => new Response(id)),
};
