// One subrequest for each key at a time: the well-known "single flight".
const inflight = new Map();

function singleFlight(key, start) {
  let flight = inflight.get(key);
  if (flight === undefined) {
    flight = start().finally(() => inflight.delete(key));
    inflight.set(key, flight);
  }
  return flight;
}

async function loadUser(id) {
  const reply = await fetch(`https://users.example/delay/60000/${id}`);
  return reply.json();
}

export default {
  async fetch(request) {
    const id = new URL(request.url).pathname.split("/").pop();
    const user = await singleFlight(`user:${id}`, () => loadUser(id));
    return Response.json(user);
  },
};
