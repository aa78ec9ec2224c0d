// Equal loads of one request are made once; the map goes with the request.
function loader() {
  const inFlight = new Map();
  return (key) => {
    if (!inFlight.has(key)) inFlight.set(key, fetch('http://up.test/delay/2/' + key).then((r) => r.text()));
    return inFlight.get(key);
  };
}

export default {
  async fetch() {
    const load = loader();
    const texts = await Promise.all([load('a'), load('b'), load('a')]);
    return new Response(texts.join());
  },
};
