// Writes go out in pairs, or after 20 ms.
let barrier = null;

function arrive() {
  if (barrier !== null) {
    const { opened, open } = barrier;
    barrier = null;
    open();
    return opened;
  }
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  const mine = (barrier = { opened, open });
  setTimeout(() => {
    if (barrier === mine) barrier = null;
    open();
  }, 20);
  return opened;
}

export default {
  async fetch(request) {
    await arrive();
    return new Response('written ' + new URL(request.url).pathname);
  },
};
