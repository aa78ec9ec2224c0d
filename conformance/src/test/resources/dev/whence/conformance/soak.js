// Twenty ways to use promises, one after another; under /sound/ those that hang or fail answer at once.
const settled = (async () => 'settled')();
const refused = Promise.reject(new Error('refused'));
refused.catch(() => {});

let pendingOfAnother;
let bodyOfAnother;
const resolversOfOthers = [];
const inFlight = new Map();

async function nested(depth) {
  if (depth === 0) return scheduler.wait(0);
  return nested(depth - 1);
}

async function* numbers(count) {
  for (let i = 0; i < count; i++) yield await i;
}

async function text(url) {
  const response = await fetch(url);
  return response.text();
}

const sound = [
  () => 'hello',
  () => settled,
  () => refused.catch((error) => error.message),
  async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    return 'timer';
  },
  () => text('http://up.test/now'),
  async (request, ctx) => {
    ctx.waitUntil(scheduler.wait(0).then(() => text('http://up.test/log')));
    return 'background';
  },
  async () => {
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    writer.write(new TextEncoder().encode('streamed'));
    writer.close();
    return readable;
  },
  async () => String((await crypto.subtle.digest('SHA-256', new Uint8Array(64))).byteLength),
  async () => {
    const all = await Promise.all([nested(3), settled, text('http://up.test/a'), scheduler.wait(0)]);
    return all[1];
  },
  async () => {
    let sum = 0;
    for await (const number of numbers(4)) sum += number;
    return String(sum);
  },
  async () => {
    fetch('http://up.test/never');
    setTimeout(() => {}, 100_000);
    new Promise(() => {}).then(() => {});
    return 'abandoned';
  },
  async () => Promise.race([new Promise(() => {}), scheduler.wait(0).then(() => 'raced')]),
  async () => {
    const { promise, resolve } = Promise.withResolvers();
    queueMicrotask(() => resolve('resolved'));
    return promise;
  },
  async (request) => {
    const key = request.url;
    const mine = text('http://up.test/key');
    inFlight.set(key, mine);
    await mine;
    inFlight.delete(key);
    return 'in flight';
  },
];

const faulty = [
  // Hangs on a promise of its own, which stays where others reach it.
  () => (pendingOfAnother = new Promise((resolve) => resolversOfOthers.push(resolve))),
  // Hangs on another's promise, or gets the error that its owner is gone.
  () => pendingOfAnother,
  // Settles such a promise when its request, some hundred before, has ended.
  () => {
    if (resolversOfOthers.length > 6) resolversOfOthers.shift()('late');
    return 'settled too late';
  },
  // Uses another's body.
  async () => {
    const used = bodyOfAnother;
    bodyOfAnother = (await fetch('http://up.test/body')).body;
    return used === undefined ? Promise.reject(new Error('none yet')) : new Response(used).text();
  },
  () => new ReadableStream({ start() {} }),
  async () => {
    await nested(1);
    throw new Error('thrown');
  },
];

const mixed = [...sound, ...faulty];

export default {
  async fetch(request, env, ctx) {
    const [, kind, number] = new URL(request.url).pathname.split('/');
    const ways = kind === 'sound' ? sound : mixed;
    return new Response(await ways[number % ways.length](request, ctx));
  },
};
