// Readers share, a writer waits until there is none.
let readers = 0;
let whenIdle = null;
let text = 'empty';

async function read() {
  readers++;
  await scheduler.wait(5);
  const seen = text;
  if (--readers === 0) whenIdle?.();
  return seen;
}

async function write(value) {
  if (readers > 0) await new Promise((resolve) => (whenIdle = resolve));
  text = value;
}

export default {
  async fetch(request) {
    if (request.method === 'GET') return new Response(await read());
    await write('full');
    return new Response('written');
  },
};
