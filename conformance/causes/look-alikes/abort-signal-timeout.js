// Gives up on a subrequest that takes too long.
export default {
  async fetch() {
    try {
      await fetch('http://up.test/never', { signal: AbortSignal.timeout(3) });
    } catch (error) {
      return new Response(error.name);
    }
    return new Response('unreachable');
  },
};
