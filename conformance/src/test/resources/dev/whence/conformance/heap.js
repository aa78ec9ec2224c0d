// Each path fills the heap with something else.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const answered = () => new Response('answered');

function fill() {
  const kept = [];
  for (;;) kept.push(new Array(1e6).fill(1));
}

const paths = {
  async bystander() {
    await (await fetch('http://up.test/delay/20/x')).text();
    return answered();
  },
  garbage() {
    const kept = [];
    for (let i = 0; i < 20; i++) kept.push(new Array(50_000).fill({}));
    return answered();
  },

  arrays: fill,
  strings() {
    const kept = [];
    for (;;) kept.push('x'.repeat(1e6).split('').reverse().join('-'));
  },
  objects() {
    let list = null;
    for (;;) list = { list, text: 'one of a list' };
  },
  map() {
    const map = new Map();
    for (let i = 0; ; i++) map.set(i, { i, square: i * i });
  },
  closures() {
    const kept = [];
    for (let i = 0; ; i++) kept.push(() => [i, kept]);
  },
  promises() {
    const kept = [];
    for (;;) kept.push(new Promise(() => {}).then(() => {}));
  },
  async afterAwait() {
    const kept = [];
    for (;;) {
      kept.push(Array.from({ length: 100_000 }, (_, i) => ({ i })));
      await sleep(0);
    }
  },
  async inTimer() {
    setTimeout(fill, 1);
    await sleep(100_000);
  },

  doubling() {
    let text = 'x';
    for (;;) text += text;
  },
  hugeArray: () => new Array(2 ** 32),
};

export default {
  fetch(request) {
    return paths[new URL(request.url).pathname.slice(1)]();
  },
};
