// What is shared is a value, cloned for each request.
const shared = { list: [1, 2, 3], at: new Date(0) };

export default {
  async fetch() {
    const mine = structuredClone(shared);
    mine.list.push(4);
    await scheduler.wait(1);
    return Response.json(mine);
  },
};
