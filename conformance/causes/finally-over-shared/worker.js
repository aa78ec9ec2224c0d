let reindexing;
let running = 0;

function reindex() {
  reindexing ??= new Promise((resolve) => setTimeout(() => resolve(1200), 6000));
  running++;
  return reindexing.finally(() => {
    running--;
  });
}

export default {
  async fetch(request) {
    const documents = await reindex();
    return new Response(`${documents} documents`);
  },
};
