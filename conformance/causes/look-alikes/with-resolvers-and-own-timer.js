// A deferred promise whose resolver is called by a timer of the same request.
export default {
  async fetch() {
    const { promise, resolve } = Promise.withResolvers();
    setTimeout(() => resolve('done'), 2);
    return new Response(await promise);
  },
};
