// Work is chained, whoever asked for it.
let tail = Promise.resolve();

function enqueue(work) {
  const result = tail.then(work);
  tail = result.catch(() => {});
  return result;
}

export default {
  async fetch(request) {
    const text = await enqueue(async () => {
      await scheduler.wait(5);
      return new URL(request.url).pathname;
    });
    return new Response(text);
  },
};
