// The loser of a race never settles; the winner is a timer of the same request.
export default {
  async fetch() {
    const never = new Promise(() => {});
    const timeout = new Promise((resolve) => setTimeout(resolve, 3, 'late'));
    return new Response(await Promise.race([never, timeout]));
  },
};
