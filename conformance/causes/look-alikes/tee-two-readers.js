// Both branches of a stream are read to their ends.
export default {
  async fetch() {
    const upstream = await fetch('http://up.test/stream/4');
    const [one, other] = upstream.body.tee();
    const texts = await Promise.all([new Response(one).text(), new Response(other).text()]);
    return new Response(String(texts[0] === texts[1]));
  },
};
