/** Where things are kept: the search, in the engine, with its inspector. */
import { describeStore, findStore } from 'whence/explain/store.js';
import { keyText } from 'whence/explain/store-text.js';
import { installBinding } from 'whence/core/bound.js';
import worker, { clear, keep } from './kept/worker.js';
import * as memoModule from './kept/memo.js';

const { inspect, modules } = globalThis.testHost;
delete globalThis.testHost;

const FILE = 'test:explain/kept/worker.js';
const builtIns = new Set();
for (const name of Reflect.ownKeys(globalThis)) {
  const value = Object.getOwnPropertyDescriptor(globalThis, name).value;
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) continue;
  builtIns.add(value);
  if (typeof value === 'function' && value.prototype) builtIns.add(value.prototype);
}
builtIns.add(Function.prototype);
const skip = (value) => builtIns.has(value);
const handler = { kind: 'handler', name: 'fetch', value: worker.fetch, file: FILE };

function shorten(text) {
  return text === null ? null : text.replaceAll('test:explain/kept/', '');
}
function whereFrom(roots, target, options = {}) {
  const path = findStore([target], roots, inspect, { skip, ...options });
  return shorten(path === null ? null : describeStore(path));
}
const where = (target, options) => whereFrom([handler], target, options);
function is(actual, expected) {
  if (actual !== expected) throw new Error(`got ${actual}\n  expected ${expected}`);
}
const pending = () => new Promise(() => {});
/** Keeps a new promise with `store`, and expects to be told where. */
function expectPlace(store, expected) {
  const promise = pending();
  clear();
  store(promise);
  is(where(promise), expected);
  clear();
}

export function namesAModuleVariable() {
  expectPlace((p) => keep.blocker(p), 'module variable `blocker` of worker.js');
}

export function namesAFieldOfAnInstance() {
  expectPlace((p) => keep.jwks(p), 'property `_pendingFetch` of a RemoteJWKSet, in module variable `jwks` of worker.js');
}

export function namesAPrivateField() {
  expectPlace((p) => keep.pool(p), 'private field `#pending` of a Pool, in module variable `pool` of worker.js');
}

export function namesAnEntryOfAMapInAPrivateField() {
  expectPlace(
    (p) => keep.part('a', p),
    'the entry "a" of Map `#parts` of a Pool, in module variable `pool` of worker.js',
  );
}

export function namesAnEntryOfAMapOfAnotherModule() {
  expectPlace(
    (p) => keep.load('https://idp/keys', p),
    'the entry "https://idp/keys" of Map `inflight`, a module variable of cache.js',
  );
}

export function namesAMapInAnObject() {
  expectPlace(
    (p) => keep.state({ jobs: new Map([[7, p]]) }),
    'the entry 7 of Map `jobs` of object `state`, a module variable of worker.js',
  );
}

export function namesAMemberOfASet() {
  expectPlace((p) => keep.tag(p), 'a member of Set `tags`, a module variable of worker.js');
}

export function namesAKeyOfAMap() {
  expectPlace((p) => keep.bag(new Map([[p, 1]])), 'a key of Map `bag`, a module variable of worker.js');
}

export function namesAnArrayOfResolvers() {
  const { resolve } = Promise.withResolvers();
  clear();
  keep.waiters([() => {}, resolve]);
  is(where(resolve), 'an element of array `waiters`, a module variable of worker.js');
  clear();
}

export function namesAHolderOfACapabilityInAnArray() {
  const capability = Promise.withResolvers();
  clear();
  keep.waiters([Promise.withResolvers(), capability]);
  is(where(capability.resolve), 'property `resolve` of an element of array `waiters`, a module variable of worker.js');
  clear();
}

export function namesTheIndexInALongArray() {
  expectPlace(
    (p) => keep.waiters([...Array(30).keys(), p]),
    'element 30 of array `waiters`, a module variable of worker.js',
  );
}

export function namesAVariableOfAClosureInAnotherModule() {
  expectPlace((p) => keep.memo(p), 'variable `cached` of the closure `memoize` (memo.js)');
}

export function namesAStaticProperty() {
  const promise = pending();
  keep.db(promise);
  is(
    whereFrom([{ kind: 'module', file: 'memo.js', value: memoModule }, handler], promise),
    'static property `instance` of class Db (memo.js)',
  );
  clear();
}

export function namesAPrivateStatic() {
  const promise = pending();
  keep.hide(promise);
  const roots = [{ kind: 'module', file: 'memo.js', value: memoModule }];
  is(whereFrom(roots, promise), 'static private field `#hidden` of class Db (memo.js)');
  clear();
}

export function namesAnExportByTheModuleThatDeclaresIt() {
  const promise = pending();
  keep.setCurrent(promise);
  const roots = Array.from(modules())
    .filter(({ file }) => file.startsWith('test:explain/kept/'))
    .map(({ file, namespace }) => ({ kind: 'module', file, value: namespace }));
  is(roots.length, 3);
  is(whereFrom([...roots, handler], promise), 'module variable `current` of cache.js');
  clear();
}

export function namesAnEntryOfAWeakMap() {
  expectPlace((p) => keep.weak(p), 'an entry of WeakMap `weak`, a module variable of worker.js');
}

export function namesAnElementOfASubclassOfArray() {
  expectPlace((p) => keep.queue(p), 'an element of array `queue`, a module variable of worker.js');
}

export function namesAnObjectWithoutPrototype() {
  expectPlace((p) => keep.table('x', p), 'property `x` of object `table`, a module variable of worker.js');
}

export function namesAGlobal() {
  const promise = pending();
  globalThis.shared = promise;
  is(whereFrom([handler, { kind: 'scope', value: globalThis }], promise), 'global variable `shared`');
  globalThis.shared = { deep: promise };
  is(
    whereFrom([handler, { kind: 'scope', value: globalThis }], promise),
    'property `deep` of object `shared`, a global variable',
  );
  delete globalThis.shared;
}

export function namesASymbolAndAPropertyOfAFunction() {
  expectPlace(
    (p) => keep.state({ [Symbol('slot')]: p }),
    'property `Symbol(slot)` of object `state`, a module variable of worker.js',
  );
  const promise = pending();
  worker.fetch.last = promise;
  is(where(promise), 'property `last` of function `fetch` (worker.js)');
  delete worker.fetch.last;
}

export function leavesOutWhatIsFurtherThanThreeLevels() {
  expectPlace(
    (p) => keep.state({ a: { b: { c: { d: [p] } } } }),
    'an element of array `d` of …, in module variable `state` of worker.js',
  );
  expectPlace(
    (p) => keep.state({ a: { b: p } }),
    'property `b` of property `a` of object `state`, a module variable of worker.js',
  );
}

export function namesAnArrayInAMap() {
  expectPlace(
    (p) => keep.bag(new Map([['k', [p]]])),
    'an element of the array in the entry "k" of Map `bag`, a module variable of worker.js',
  );
}

export function prefersTheShorterWay() {
  const promise = pending();
  clear();
  keep.state({ a: { b: promise } });
  keep.jwks(promise);
  is(where(promise), 'property `_pendingFetch` of a RemoteJWKSet, in module variable `jwks` of worker.js');
  clear();
}

export function saysNothingWhenItIsKeptNowhere() {
  clear();
  is(where(pending()), null);
}

export function saysNothingBeyondItsBounds() {
  const promise = pending();
  clear();
  keep.state({ many: Array.from({ length: 300 }, () => ({ x: {} })), last: { deep: { deeper: promise } } });
  is(where(promise, { nodes: 200 }), null);
  is(typeof where(promise), 'string');
  is(where(promise, { inspections: 0 }), null);
  clear();
}

export function looksNotIntoWhatIsSkipped() {
  const promise = pending();
  const secret = { promise };
  clear();
  keep.state(secret);
  is(where(promise, { skip: (value) => value === secret || skip(value) }), null);
  clear();
}

export function looksNotIntoTheRuntimesClosures() {
  const promise = pending();
  clear();
  keep.state({ f: (() => () => promise)() });
  is(where(promise), 'variable `promise` of the closure `looksNotIntoTheRuntimesClosures` (test:explain/store.test.js)');
  const text = (value) => {
    const look = inspect(value);
    return look?.file?.startsWith('test:explain/store') ? { ...look, file: 'whence:core/x.js' } : look;
  };
  is(findStore([promise], [handler], text, { skip }), null);
  clear();
}

export function runsNoCodeOfTheWorker() {
  const promise = pending();
  let ran = '';
  const trap = (name) => ({ configurable: true, enumerable: true, get: () => (ran += name + ' ', promise), set() {} });
  const traps = {};
  for (const name of Object.getOwnPropertyNames(Reflect)) {
    traps[name] = (...all) => ((ran += name + ' '), Reflect[name](...all));
  }
  const proxy = new Proxy({ promise }, traps);
  class Hostile {
    #proxy = proxy;
    get got() {
      ran += 'got ';
      return promise;
    }
    use() {
      return this.#proxy;
    }
  }
  const error = Object.defineProperties(new Error('x'), { stack: trap('stack'), message: trap('message') });
  clear();
  const chained = Object.create(proxy);
  const map = Object.assign(new Map([[proxy, proxy]]), { [Symbol.iterator]: () => { ran += 'iterator '; } });
  keep.state({ own: Object.defineProperty({}, 'x', trap('own')), proxy, chained, error, map, h: new Hostile() });
  const saved = { push: Array.prototype.push, has: Set.prototype.has, forEach: Map.prototype.forEach };
  const names = ['file', 'name', 'kind', 'site', 'holder', 'value', 'skip', 'nodes', 'privates', 'scopes', 'entries'];
  for (const name of names) {
    Object.defineProperty(Object.prototype, name, { __proto__: null, ...trap('Object.prototype.' + name) });
  }
  Array.prototype.push = () => { ran += 'push '; };
  Set.prototype.has = () => { ran += 'has '; };
  Map.prototype.forEach = () => { ran += 'forEach '; };
  let path, text;
  try {
    path = findStore([promise], [handler], inspect, Object.assign(Object.create(null), { skip: null }));
    text = path === null ? '' : describeStore(path);
  } finally {
    Array.prototype.push = saved.push;
    Set.prototype.has = saved.has;
    Map.prototype.forEach = saved.forEach;
    for (const name of names) delete Object.prototype[name];
  }
  is(ran, '');
  clear();
  is(String(path === null ? null : shorten(text)), 'variable `promise` of the closure `runsNoCodeOfTheWorker` (test:explain/store.test.js)');
}

/** As the runtime's classes are: what they hold is no store of the worker's. */
export function looksNotIntoInstancesOfTheRuntimesClasses() {
  const promise = pending();
  class Internal {
    open = promise;
    #hidden = promise;
    use() {
      return this.#hidden;
    }
  }
  const asRuntimes = (value) => {
    const look = inspect(value);
    return look?.file?.startsWith('test:explain/store') ? Object.assign(look, { file: 'whence:x.js' }) : look;
  };
  clear();
  keep.state({ internal: new Internal() });
  is(findStore([promise], [handler], asRuntimes, { skip }), null);
  is(where(promise), 'property `open` of an Internal in property `internal` of object `state`, a module variable of worker.js');
  clear();
}

export function showsFilesAsItIsTold() {
  const promise = pending();
  clear();
  keep.blocker(promise);
  const path = findStore([promise], [handler], inspect, {
    skip,
    fileName: ({ file, line }) => file.slice(file.lastIndexOf('/') + 1) + ' or so' + (line > 0),
  });
  is(describeStore(path), 'module variable `blocker` of worker.js or sotrue');
  clear();
}

export function writesKeysShort() {
  is(keyText('a"b'), '"a\\"b"');
  is(keyText('x'.repeat(60)), `"${'x'.repeat(39)}…"`);
  is(keyText('\n'.repeat(40)).length <= 42, true);
  is(keyText(1.5), '1.5');
  is(keyText(5n), '5n');
  is(keyText(null), 'null');
  is(keyText(undefined), 'undefined');
  is(keyText(Symbol('s')), 'Symbol(s)');
  is(keyText({}), '');
}

export function findsWhatIsKeptInAFrozenWorld() {
  const promise = pending();
  clear();
  keep.state(Object.freeze({ p: promise }));
  is(where(promise), 'property `p` of object `state`, a module variable of worker.js');
  clear();
}

export function namesAListener() {
  const bus = new EventTarget();
  const listener = () => {};
  bus.addEventListener('other', () => {});
  bus.addEventListener('ready', () => {});
  bus.addEventListener('ready', listener);
  keep.state(bus);
  is(where(listener), 'a listener for "ready" of an EventTarget, in module variable `state` of worker.js');
  clear();
}

export function asksNoForgedListenerList() {
  const asked = [];
  const trap = new Proxy({}, { getOwnPropertyDescriptor: (...call) => void asked.push(call) });
  keep.state({ [Symbol('kEvents')]: new Map([['a', trap], ['b', { next: trap }], ['c', null], ['d', 1]]) });
  is(where(pending()), null);
  is(asked.length, 0);
  clear();
}

export function namesWhatAFunctionIsBoundTo() {
  installBinding(globalThis);
  class KeySet {}
  expectPlace((p) => {
    const keys = new KeySet();
    keys.pending = p;
    keep.state(function find() {}.bind(keys));
  }, 'property `pending` of a KeySet that module variable `state` of worker.js is bound to');
}

export function bindsAsTheEngineDoes() {
  installBinding(globalThis);
  const sum = function sum(a, b) {
    return this.base + a + b;
  };
  const bound = sum.bind({ base: 1 }, 2);
  is(bound(3), 6);
  is(bound.name, 'bound sum');
  is(bound.length, 1);
  is(Function.prototype.bind.length, 1);
  is(Function.prototype.bind.name, 'bind');
  class A {}
  is(new (A.bind(null))() instanceof A, true);
  for (const wrong of [undefined, null, {}, 'text']) {
    let failed = false;
    try {
      Reflect.apply(Function.prototype.bind, wrong, [null]);
    } catch (error) {
      failed = error instanceof TypeError;
    }
    is(failed, true);
  }
}
