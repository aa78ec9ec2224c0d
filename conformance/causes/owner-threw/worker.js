// The first request fails after it has started what the others wait for.
let prices;

async function loadPrices() {
  const reply = await fetch("https://prices.example/delay/60000/all");
  return reply.json();
}

export default {
  async fetch(request) {
    prices ??= loadPrices();
    const user = new URL(request.url).searchParams.get("user");
    if (user === "") {
      throw new TypeError("user is missing");
    }
    const table = await prices;
    return Response.json(table[user]);
  },
};
