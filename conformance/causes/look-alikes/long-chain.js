// A thousand awaits, one in the other.
async function down(depth) {
  if (depth === 0) {
    await scheduler.wait(1);
    return 0;
  }
  return 1 + (await down(depth - 1));
}

export default {
  async fetch() {
    let steps = await down(200);
    for (let i = 0; i < 800; i++) steps += await i && 1;
    return new Response(String(steps));
  },
};
