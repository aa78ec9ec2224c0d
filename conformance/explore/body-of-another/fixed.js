// The request is passed to whoever needs it.
async function authorise() {
  const response = await fetch('https://api.test/session');
  return response.ok;
}

function payload(request) {
  return request.text();
}

export default {
  async fetch(request) {
    if (!(await authorise())) return new Response('no', { status: 401 });
    return new Response('stored ' + (await payload(request)));
  },
};
