// Answers while an interval still runs: it ends with the request.
export default {
  async fetch() {
    let ticks = 0;
    setInterval(() => ticks++, 1);
    await scheduler.wait(3);
    return new Response(String(ticks > 0));
  },
};
