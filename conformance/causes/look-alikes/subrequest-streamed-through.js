// The answer flows from the subrequest to the client untouched.
export default {
  async fetch() {
    const { body, status } = await fetch('http://up.test/stream/3');
    return new Response(body, { status });
  },
};
