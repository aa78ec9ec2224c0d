// Each path runs away in another place.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const answered = () => new Response('answered');
const never = new Promise(() => {});

function spin() {
  for (;;);
}

const spinning = new Proxy(
  {},
  {
    get: spin,
    has: spin,
    ownKeys: spin,
    getPrototypeOf: spin,
    getOwnPropertyDescriptor: spin,
  },
);

const paths = {
  async bystander() {
    await (await fetch('http://up.test/delay/5/x')).text();
    await sleep(5);
    return answered();
  },
  busy() {
    let sum = 0;
    for (let i = 0; i < 1_000_000; i++) sum += i;
    return sum > 0 ? answered() : null;
  },

  loop: spin,
  allocatingLoop() {
    for (;;) Array(10).fill({});
  },
  microtasks() {
    const again = () => Promise.resolve().then(again);
    return again();
  },
  queuedMicrotasks() {
    const again = () => queueMicrotask(again);
    again();
    return never;
  },
  async asyncGenerator() {
    async function* ones() {
      for (;;) yield 1;
    }
    for await (const one of ones()) if (one !== 1) break;
    return answered();
  },
  regularExpression: () => /^(a+)+$/.test('a'.repeat(60) + '!'),
  comparator: () => [3, 1, 2].sort(spin),
  finallyLoops() {
    try {
      spin();
    } finally {
      spin();
    }
  },
  catchLoops() {
    for (;;) {
      try {
        spin();
      } catch {
        // Goes on.
      }
    }
  },
  async inTimer() {
    setTimeout(spin, 1);
    await sleep(1000);
    return answered();
  },
  async inStreamSource() {
    await new Response(new ReadableStream({ pull: spin })).text();
    return answered();
  },
  async afterSubrequest() {
    await fetch('http://up.test/delay/2/x');
    spin();
  },
  inLogArgument() {
    console.log({ toJSON: spin });
    return answered();
  },
  inThrownProxy() {
    throw spinning;
  },
  inHeaderGetter: () => new Response('', { headers: { get name() { return spin(); } } }),
  inThenable: () => ({ then: spin }),
  async inGeneratorReturn() {
    function* one() {
      try {
        yield 1;
      } finally {
        spin();
      }
    }
    for (const value of one()) return new Response(value);
  },
  async manySmallTurns() {
    for (;;) {
      let sum = 0;
      for (let i = 0; i < 20_000_000; i++) sum += i;
      await sleep(0);
    }
  },
  bigIntegers() {
    let value = 3n;
    for (;;) value = (value * value) % (1n << 100_000n);
  },
  longJson() {
    const text = JSON.stringify(Array.from({ length: 50_000 }, (_, i) => ({ i })));
    for (;;) JSON.parse(text);
  },

  inAnswerStream() {
    const encoder = new TextEncoder();
    let begun = false;
    const body = new ReadableStream({
      async pull(controller) {
        if (begun) {
          await sleep(5);
          spin();
        }
        begun = true;
        controller.enqueue(encoder.encode('begin'));
      },
    });
    return new Response(body);
  },
  inBackground(ctx) {
    ctx.waitUntil(sleep(5).then(spin));
    return answered();
  },
};

export default {
  fetch(request, env, ctx) {
    return paths[new URL(request.url).pathname.slice(1)](ctx);
  },
};
