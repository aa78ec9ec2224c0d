// At most two calls to the upstream at a time; the others wait until one is done.
let permits = 2;
const waiting = [];

function acquire() {
  if (permits > 0) {
    permits--;
    return undefined;
  }
  return new Promise((resolve) => waiting.push(resolve));
}

function release() {
  const next = waiting.shift();
  if (next) next();
  else permits++;
}

export default {
  async fetch(request) {
    await acquire();
    try {
      const response = await fetch('https://api.test' + new URL(request.url).pathname);
      return new Response(await response.text());
    } finally {
      release();
    }
  },
};
