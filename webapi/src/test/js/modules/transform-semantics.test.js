/**
 * Rewritten code does what the original does: same results, same errors, same order of microtasks,
 * while every wait is announced.
 */
import '../host.js';
import { nodeRequire } from 'whence/core/primordials.js';
import { ownIterable } from 'whence/core/promises.js';
import { transform } from 'whence/modules/transform.js';

const { runInThisContext } = nodeRequire('node:vm');

/**
 * Runs the body of an async function with a logger, as written and rewritten.
 * @param {string} body
 * @returns {Promise<{log: string[], owned: any[]}>} of the rewritten run
 */
async function behavesTheSame(body) {
  const source = `(async function (log, dynamic) { ${body} })`;
  const original = await run(source, {});
  const owned = [];
  const { code } = transform(source, { name: 'test.js', kind: 'script' });
  if (code === source) throw new Error('nothing was rewritten in: ' + body);
  const rewritten = await run(code, {
    own: (value) => {
      owned.push(value);
      return value;
    },
    iter: (value) => {
      owned.push(value);
      return ownIterable(value);
    },
  });
  if (original.join('|') !== rewritten.join('|')) {
    throw new Error(`${body}\n  original  ${original.join(' ')}\n  rewritten ${rewritten.join(' ')}`);
  }
  return { log: rewritten, owned };
}

/** @param {string} code @param {any} hooks */
async function run(code, { own, iter }) {
  const dynamic = async (specifier, referrer, options) => ({ specifier, referrer, options });
  const factory = runInThisContext(
    `(function ($whence_own, $whence_iter, $whence_import) { return ${code} })`,
  );
  const log = [];
  const write = (...values) => log.push(values.map(String).join(','));
  let turns = 0;
  let isDone = false;
  const clock = (async () => {
    while (!isDone && turns < 100) {
      await null;
      turns++;
    }
  })();
  try {
    write('value', await factory(own, iter, dynamic)(write, dynamic));
  } catch (error) {
    write('error', error);
  }
  isDone = true;
  write('turns', turns);
  await clock;
  return log;
}

export async function awaitsInTheSameTurn() {
  await behavesTheSame(`
    const other = (async () => { for (let i = 0; i < 9; i++) { await null; log('tick', i) } })();
    log(await 1); log(await Promise.resolve(2)); log(await { then(f) { f(3) } });
    log(await (async () => 4)()); log(await (0, Promise.resolve(5)));
    try { await Promise.reject(new Error('six')) } catch (e) { log(e.message) } finally { log('seven') }
    await other; return 'done'`);
}

export async function iteratesInTheSameTurns() {
  await behavesTheSame(`
    async function* g() { try { yield 1; yield Promise.resolve(2); return Promise.resolve(3) } finally { log('closed') } }
    const other = (async () => { for (let i = 0; i < 20; i++) { await null; log('tick', i) } })();
    for await (const x of g()) log(x);
    for await (const x of g()) { log(x); break }
    const it = g(); log(JSON.stringify([await it.next(), await it.next(), await it.next(), await it.next()]));
    await other`);
}

export async function iteratesSyncIterables() {
  await behavesTheSame(`
    for await (const x of [1, Promise.resolve(2), { then(f) { f(3) } }]) log(x);
    function* s() { try { yield Promise.resolve('a'); yield 'b' } finally { log('closed') } }
    for await (const x of s()) log(x);
    for await (const x of s()) { log(x); break }
    try { for await (const x of s()) { throw new Error('out') } } catch (e) { log(e.message) }
    try { for await (const x of [Promise.reject(new Error('no'))]) log(x) } catch (e) { log(e.message) }`);
}

export async function delegatesToOtherGenerators() {
  await behavesTheSame(`
    async function* inner() { try { const got = yield 'i1'; log('got', got); yield 'i2'; return 'r' } catch (e) { log('caught', e); yield 'i3' } finally { log('fin') } }
    async function* outer() { log('ret', yield* inner()); yield* [Promise.resolve('s1'), 's2']; return 'end' }
    let it = outer(); log(JSON.stringify([await it.next('x'), await it.next('y'), await it.next('z'), await it.next(), await it.next(), await it.next()]));
    it = outer(); await it.next(); log(JSON.stringify(await it.throw('boom'))); log(JSON.stringify(await it.return('q')));
    it = outer(); await it.next(); log(JSON.stringify(await it.return('early')));`);
}

export async function reportsIteratingNonIterables() {
  for (const value of ['5', '{}', 'null', 'undefined']) {
    await behavesTheSame(`try { for await (const x of ${value}) log(x) } catch (e) { log(e instanceof TypeError) }`);
  }
}

export async function keepsPrecedenceAndValues() {
  await behavesTheSame(`
    const p = (v) => Promise.resolve(v), o = { a: { b: () => p(7) }, n: null, tag: (s, v) => p(s.raw.join('') + v) };
    log(await p(1) + 1, -await p(2), typeof await p(3), await p(8) / 2, (await p(2)) ** await p(3));
    log(await o.a?.b(), await o.n?.b(), await o.tag\`x\${await p('y')}z\`, \`\${await p('t')}\${await p('u')}\`);
    log([...await p([1, 2]), ...await p('ab')], { ...await p({ k: 1 }) }.k, await (p(1), p(9)));
    const { a = await p('default'), [await p('k')]: b } = await p({ k: 'v' }); log(a, b);
    let x = null; x ??= await p('set'); x += await p('!'); log(x);
    lbl: for (const i of await p([1, 2, 3])) { if (i === await p(2)) continue lbl; log(i) }
    class C { #v = 5; static async m(c) { return await c.#v + (#v in await p(c)) } } log(await C.m(new C()));
    log(await
      p('next line'))
    log(await /* c */ p('c') // d
    )`);
}

export async function keepsThisAndSuper() {
  await behavesTheSame(`
    class A { v = 1; async m() { return this.v } }
    class B extends A { async m() { return await super.m() + await (async () => (await this).v)() } }
    log(await new B().m());
    const o = { v: 2, async f() { return await this.g() }, g() { return this.v } }; log(await o.f(), await o['g']())
    log(await (0, o.g).call({ v: 3 }))`);
}

export async function announcesEveryWait() {
  const { owned } = await behavesTheSame(`
    const a = Promise.resolve('a'), list = [1]; await a; await 'plain'; await list.length; for await (const x of list);
    await Promise.all([a])`);
  if (owned.length !== 4 || !(owned[0] instanceof Promise) || owned[1] !== 1 || !Array.isArray(owned[2])) {
    throw new Error(String(owned));
  }
}

export async function handsImportsToTheLoader() {
  const source = '(async () => { const m = await import((0, "./x.js"), { with: { type: "json" } }); return m })';
  const { code } = transform(source, { name: 'dir/a "b".js', kind: 'script' });
  const log = [];
  const factory = runInThisContext(`(function ($whence_own, $whence_import) { return ${code} })`);
  const found = await factory(
    (value) => value,
    async (...args) => {
      log.push(args);
      return 'module';
    },
  )();
  const expected = '[["./x.js","dir/a \\"b\\".js",{"with":{"type":"json"}}]]';
  if (found !== 'module' || JSON.stringify(log) !== expected) throw new Error(JSON.stringify(log));
}
