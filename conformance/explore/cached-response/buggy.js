// The response itself is kept: its body belongs to the request that fetched it.
let kept;

export default {
  async fetch() {
    kept ??= await fetch('https://api.test/page');
    return new Response(await kept.clone().text());
  },
};
