// Each takes its own lock and then the other's.
const locks = { left: Promise.resolve(), right: Promise.resolve() };

function take(name) {
  const free = locks[name];
  let release;
  locks[name] = new Promise((resolve) => (release = resolve));
  return free.then(() => release);
}

export default {
  async fetch(request) {
    const first = new URL(request.url).pathname.slice(1);
    const second = first === 'left' ? 'right' : 'left';
    const releaseFirst = await take(first);
    await scheduler.wait(1);
    const releaseSecond = await take(second);
    releaseSecond();
    releaseFirst();
    return new Response(first);
  },
};
