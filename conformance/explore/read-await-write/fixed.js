// Money moves in one step that does not wait.
const accounts = { a: 100, b: 100 };

async function move(from, to, amount) {
  await scheduler.wait(1);
  accounts[from] -= amount;
  accounts[to] += amount;
}

export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    await move(searchParams.get('from'), searchParams.get('to'), 10);
    return new Response('sum ' + (accounts.a + accounts.b));
  },
};
