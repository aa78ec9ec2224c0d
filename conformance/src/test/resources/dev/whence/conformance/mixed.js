// The path is /KIND/GROUP/MEMBER. The lines logged are the request's own path, whenever logged.
const encoder = new TextEncoder();
const shared = new Map();
const rings = new Map();
const RING_SIZE = 4;

const never = () => new Promise(() => {});

function body(path, end) {
  let step = 0;
  return new ReadableStream({
    async pull(controller) {
      await scheduler.wait(1);
      console.log(path);
      if (step++ === 0) controller.enqueue(encoder.encode(end === undefined ? 'answer ' : 'begin'));
      else if (end !== undefined) await end();
      else {
        controller.enqueue(encoder.encode('to ' + path));
        controller.close();
      }
    },
  });
}

// The last of a ring to arrive settles all; each is kept alive by its timer until then.
async function ring(group, member) {
  const members = rings.get(group) ?? [];
  rings.set(group, members);
  const { promise, resolve } = Promise.withResolvers();
  const timer = setTimeout(() => {}, 100_000);
  members.push({ member, resolve });
  if (members.length === RING_SIZE) {
    members.forEach((each, i) => each.resolve(members[(i + 1) % RING_SIZE].member));
  }
  const next = await promise;
  clearTimeout(timer);
  if (next === member) throw new Error('alone in the ring');
}

const kinds = {
  PLAIN() {},
  async TIMERS(path) {
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve, i));
    console.log(path);
  },
  async UPSTREAM(path, group, member, request) {
    const sent = await request.text();
    const response = await fetch('http://up.test/delay/5' + path, { method: 'PUT', body: sent });
    const text = await response.text();
    console.log(path);
    if (text !== 'PUT /delay/5' + path + ' body') throw new Error(text);
  },
  STREAMED: (path) => new Response(body(path)),
  async CRYPTO(path) {
    await crypto.subtle.digest('SHA-256', encoder.encode(path));
    console.log(path);
  },
  BACKGROUND(path, group, member, request, ctx) {
    ctx.waitUntil(scheduler.wait(10).then(() => console.log(path)));
  },
  ABANDONED(path) {
    fetch('http://up.test/never').then(() => console.log('never'));
    setTimeout(() => console.log('never'), 100_000);
    console.log(path);
  },
  STRAY_REJECTION() {
    Promise.reject(new Error('stray'));
  },
  async TIMER_THROWS() {
    setTimeout(() => {
      throw new Error('in a timer');
    }, 1);
    await scheduler.wait(5);
  },
  BACKGROUND_REJECTS(path, group, member, request, ctx) {
    ctx.waitUntil(scheduler.wait(1).then(() => Promise.reject(new Error('in the background'))));
  },
  BACKGROUND_HANGS(path, group, member, request, ctx) {
    ctx.waitUntil(never());
  },
  THROWS() {
    throw new Error('at once');
  },
  async REJECTS_LATER(path) {
    await scheduler.wait(3);
    console.log(path);
    throw new TypeError('later');
  },
  NO_RESPONSE: () => 'a text',
  HANGS: never,
  async HANGS_LATER() {
    await fetch('http://up.test/delay/10/x');
    await never();
  },
  async HANGS_ON_CATCH() {
    try {
      await never();
    } finally {
      console.log('neither catch nor finally runs');
    }
  },
  BODY_FAILS: (path) => new Response(body(path, () => Promise.reject(new Error('in the body')))),
  BODY_HANGS: (path) => new Response(body(path, never)),
  async SHARED(path, group) {
    let promise = shared.get(group);
    if (promise === undefined) {
      promise = scheduler.wait(20).then(() => group);
      shared.set(group, promise);
    }
    if ((await promise) !== group) throw new Error('not mine');
    console.log(path);
  },
  async SHARED_HANG(path, group) {
    let promise = shared.get(group);
    if (promise === undefined) {
      promise = scheduler.wait(20).then(never);
      shared.set(group, promise);
    }
    await promise;
    console.log('never');
  },
  async RING(path, group, member) {
    await ring(group, member);
    console.log(path);
  },
  async LEAVES() {
    await fetch('http://up.test/never');
    console.log('never');
  },
  async LEAVES_BACKGROUND(path, group, member, request, ctx) {
    ctx.waitUntil(scheduler.wait(10).then(() => console.log(path)));
    await fetch('http://up.test/never');
    console.log('never');
  },
};

export default {
  async fetch(request, env, ctx) {
    const path = new URL(request.url).pathname;
    const [, kind, group, member] = path.split('/');
    console.log(path);
    const result = await kinds[kind](path, group, member, request, ctx);
    return result === undefined ? new Response('answer to ' + path) : result;
  },
};
