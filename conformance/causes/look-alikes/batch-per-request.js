// Collects the keys of one request in a microtask, and asks once.
function batcher() {
  let waiting = [];
  return (key) => {
    const deferred = Promise.withResolvers();
    waiting.push({ key, deferred });
    if (waiting.length === 1) {
      queueMicrotask(async () => {
        const batch = waiting;
        waiting = [];
        const response = await fetch('http://up.test/batch/' + batch.map((each) => each.key).join());
        const text = await response.text();
        for (const each of batch) each.deferred.resolve(text + each.key);
      });
    }
    return deferred.promise;
  };
}

export default {
  async fetch() {
    const load = batcher();
    const texts = await Promise.all([load('a'), load('b'), load('c')]);
    return new Response(texts.join());
  },
};
