// Money moves between two accounts; the sum stays the same, or should.
const accounts = { a: 100, b: 100 };

async function balance(name) {
  await scheduler.wait(1);
  return accounts[name];
}

async function move(from, to, amount) {
  const left = (await balance(from)) - amount;
  const right = (await balance(to)) + amount;
  accounts[from] = left;
  await scheduler.wait(1);
  accounts[to] = right;
}

export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    await move(searchParams.get('from'), searchParams.get('to'), 10);
    return new Response('sum ' + (accounts.a + accounts.b));
  },
};
