// A lock around the upstream, which is kept when the upstream fails.
let lock = Promise.resolve();

async function locked() {
  const before = lock;
  let release;
  lock = new Promise((resolve) => (release = resolve));
  await before;
  return release;
}

export default {
  async fetch(request, env, ctx) {
    const work = (async () => {
      const release = await locked();
      const response = await fetch('https://api.test/append', { method: 'POST' });
      const { name } = await response.json();
      release();
      return name;
    })();
    ctx.waitUntil(work.catch(() => {}));
    return new Response(await work);
  },
};
