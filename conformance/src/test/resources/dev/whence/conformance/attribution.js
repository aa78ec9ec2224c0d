// Each request logs lines 0 to 19, in that order, through every way in which work can be resumed;
// and all of them are in flight at once, because none passes the gate before the last has arrived.
import { AsyncLocalStorage } from 'node:async_hooks';

const als = new AsyncLocalStorage();
const gates = [];
const meetings = new Map();

// A request that waits for another to settle a promise of its own has nothing pending itself.
async function whileAlive(promise) {
  const timer = setTimeout(() => {}, 100_000);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

function passGate(count) {
  const { promise, resolve } = Promise.withResolvers();
  gates.push(resolve);
  if (gates.length === count) for (const open of gates) open();
  return whileAlive(promise);
}

// Pairs settle each other's promises: the later resumes the earlier, which then resumes the later.
async function meet(id) {
  const key = id >> 1;
  const other = meetings.get(key);
  const { promise, resolve } = Promise.withResolvers();
  if (other === undefined) {
    meetings.set(key, { id, resolve });
    const later = await whileAlive(promise);
    later.resolve({ id });
    return later.id;
  }
  other.resolve({ id, resolve });
  return (await whileAlive(promise)).id;
}

async function* counting(line) {
  for (let step = 0; step < 3; step++) {
    await scheduler.wait(step);
    line();
    yield step;
  }
}

export default {
  fetch(request, env, ctx) {
    const { searchParams } = new URL(request.url);
    const id = Number(searchParams.get('id'));
    return als.run(id + '', () => work(id, Number(searchParams.get('of')), ctx));
  },
};

async function work(id, count, ctx) {
  let lines = 0;
  const line = () => console.log(id + '', lines++, als.getStore());

  line(); // 0
  await passGate(count);
  line(); // 1
  await Promise.resolve();
  line(); // 2
  await new Promise((resolve) => setTimeout(resolve, id % 7));
  line(); // 3
  const partner = await meet(id);
  line(); // 4
  const upstream = await fetch('http://up.test/delay/5/' + id);
  line(); // 5
  const echoed = await upstream.text();
  line(); // 6
  await Promise.all([
    scheduler.wait(1),
    fetch('http://up.test/now/' + id).then((response) => response.text()),
    new Promise((resolve) => queueMicrotask(resolve)),
  ]).then(() => line()); // 7
  for await (const step of counting(line)); // 8, 9, 10
  await new Promise((resolve) => {
    const interval = setInterval(() => {
      line(); // 11
      clearInterval(interval);
      resolve();
    }, 1);
  });
  const { readable, writable } = new TransformStream({
    transform(chunk, controller) {
      line(); // 12
      controller.enqueue(chunk);
    },
  });
  const writer = writable.getWriter();
  ctx.waitUntil(writer.write(new TextEncoder().encode('x')).then(() => writer.close()));
  await new Response(readable).text();
  line(); // 13
  await crypto.subtle.digest('SHA-256', new Uint8Array(1000));
  line(); // 14

  const encoder = new TextEncoder();
  const parts = [`${id} met ${partner}; `, `${echoed}; `, `3 parts of ${id}`];
  let part = 0;
  // A source is pulled in the frame of whoever reads: sometimes its own, sometimes the host's.
  const inFrame = AsyncLocalStorage.snapshot();
  const body = new ReadableStream({
    async pull(controller) {
      await scheduler.wait(1);
      inFrame(line); // 15, 16, 17
      controller.enqueue(encoder.encode(parts[part++]));
      if (part < parts.length) return;
      controller.close();
      inFrame(() => ctx.waitUntil(afterwards(line))); // 18, 19
    },
  });
  return new Response(body);
}

async function afterwards(line) {
  await scheduler.wait(2);
  line();
  await fetch('http://up.test/delay/5/late');
  line();
}
