// Settled by microtasks of its own.
export default {
  async fetch() {
    const text = await new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => resolve('later'))));
    return new Response(text);
  },
};
