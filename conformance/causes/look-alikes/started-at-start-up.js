// A promise of global scope that is settled before any request comes.
const started = (async () => {
  await null;
  return 'started';
})();

export default {
  async fetch() {
    return new Response(await started);
  },
};
