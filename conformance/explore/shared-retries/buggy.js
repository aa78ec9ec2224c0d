// Three attempts each, counted in a module variable.
let attempt = 0;

async function callWithRetries(url) {
  let calls = 0;
  for (attempt = 1; attempt <= 3; attempt++) {
    calls++;
    const response = await fetch(url);
    if (response.ok) break;
    await scheduler.wait(5);
  }
  return calls;
}

export default {
  async fetch(request) {
    const calls = await callWithRetries('https://api.test' + new URL(request.url).pathname);
    return new Response('gave up after ' + calls + ' calls', { status: 502 });
  },
};
