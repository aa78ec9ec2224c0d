// One refreshes, the others queue until it is done.
let token = null;
let refreshing = false;
let queue = [];

async function authorise() {
  if (token) return token;
  if (refreshing) return new Promise((resolve) => queue.push(resolve));
  refreshing = true;
  const response = await fetch('https://api.test/token', { method: 'POST' });
  token = (await response.json()).name;
  refreshing = false;
  queue.forEach((resolve) => resolve(token));
  queue = [];
  return token;
}

export default {
  async fetch(request) {
    return new Response('Bearer ' + (await authorise()));
  },
};
