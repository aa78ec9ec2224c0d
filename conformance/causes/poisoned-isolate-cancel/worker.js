// The first client leaves while it initialises for everybody.
let ready;

async function initialise(request) {
  const options = await request.text();
  return { options, since: Date.now() };
}

export default {
  async fetch(request) {
    ready ??= initialise(request);
    const { options } = await ready;
    return new Response(options);
  },
};
