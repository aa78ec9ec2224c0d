let leader;

async function electLeader() {
  const reply = await fetch("https://etcd.example/delay/60000/leader");
  return reply.text();
}

async function forward(request) {
  leader ??= electLeader();
  const host = await leader;
  return fetch(`https://${host}${new URL(request.url).pathname}`);
}

export default {
  async fetch(request) {
    return await forward(request);
  },
};
