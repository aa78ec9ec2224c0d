// The text is kept.
let kept;

export default {
  async fetch() {
    kept ??= await (await fetch('https://api.test/page')).text();
    return new Response(kept);
  },
};
