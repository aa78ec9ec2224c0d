// Keys of one tick are loaded together.
let queue = [];

async function dispatch() {
  await scheduler.wait(1);
  const batch = queue;
  queue = [];
  const response = await fetch('https://api.test/users?ids=' + batch.map((one) => one.key));
  const { name } = await response.json();
  for (const { key, resolve } of batch) resolve(name + ' ' + key);
}

function load(key) {
  return new Promise((resolve, reject) => {
    queue.push({ key, resolve });
    if (queue.length === 1) dispatch().catch(reject);
  });
}

export default {
  async fetch(request) {
    return new Response(await load(new URL(request.url).pathname.slice(1)));
  },
};
