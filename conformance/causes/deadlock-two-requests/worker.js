// Each half of an exchange waits for the other half.
const offers = new Map();
const asked = new Map();

function offerOf(side) {
  if (!asked.has(side)) {
    asked.set(side, Promise.withResolvers());
  }
  return asked.get(side);
}

async function exchange(mine, theirs) {
  const offer = Promise.withResolvers();
  offers.set(mine, offer.promise);
  asked.get(mine)?.resolve();
  if (!offers.has(theirs)) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const other = await offers.get(theirs);
  offer.resolve(`${mine} accepts ${other}`);
  return offer.promise;
}

export default {
  async fetch(request) {
    const side = new URL(request.url).pathname.slice(1);
    const text = await exchange(side, side === "left" ? "right" : "left");
    return new Response(text);
  },
};
