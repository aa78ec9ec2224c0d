// A lock as a chain of promises: everybody waits for the one before.
let last = Promise.resolve();

function exclusive(work) {
  const before = last;
  const mine = before.then(work);
  last = mine.catch(() => {});
  return mine;
}

export default {
  async fetch(request) {
    const text = await exclusive(async () => {
      const body = request.method === "POST" ? await request.text() : "nothing";
      return body.toUpperCase();
    });
    return new Response(text);
  },
};
