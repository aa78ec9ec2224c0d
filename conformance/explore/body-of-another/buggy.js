// The request that is being handled, for whoever needs it.
let current;

async function authorise() {
  const response = await fetch('https://api.test/session');
  return response.ok;
}

function payload() {
  return current.text();
}

export default {
  async fetch(request) {
    current = request;
    if (!(await authorise())) return new Response('no', { status: 401 });
    return new Response('stored ' + (await payload()));
  },
};
