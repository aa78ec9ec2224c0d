import { GLOBAL_NAMES } from 'whence/core/globals.js';
import { nodeModule } from 'whence/node/compat.js';
import { pendingNative } from 'whence/crypto/crypto.js';
import { GLOBAL_SCOPE } from 'whence/core/messages.js';
import { fireTimer } from 'whence/timers/timers.js';
import { commands, equal, install, later, request, runJobs, thrown, turn } from './host.js';

install({ nodejsCompat: true });

const idle = () => pendingNative() === 0;
const MODULES = ['assert', 'assert/strict', 'async_hooks', 'buffer', 'crypto', 'diagnostics_channel', 'events', 'path', 'process', 'querystring', 'stream', 'stream/promises', 'stream/web', 'stream/consumers', 'string_decoder', 'timers', 'timers/promises', 'url', 'util', 'util/types', 'zlib'];

export function theListedModulesExistAndNoOthers() {
  for (const name of MODULES) {
    equal([name, nodeModule(name) === nodeModule('node:' + name), nodeModule(name) !== undefined], [name, true, true]);
  }
  for (const name of ['fs', 'net', 'child_process', 'vm', 'worker_threads', 'module', 'http', 'inspector', 'v8', 'os', 'tty', 'constructor', '__proto__']) {
    equal([name, nodeModule(name)], [name, undefined]);
  }
}

export function twoGlobalsAreAdded() {
  const extra = Object.getOwnPropertyNames(globalThis).filter((name) => !GLOBAL_NAMES.includes(name));
  equal(extra.sort(), ['Buffer', 'process']);
}

export function theProcessIsNotTheHosts() {
  equal([process.cwd(), process.platform, process.binding, process.mainModule, process.getBuiltinModule], ['/', 'linux', undefined, undefined, undefined]);
  equal(Object.keys(process.env), []);
  thrown(() => process.exit(0));
  equal(nodeModule('process'), process);
}

export function nothingLeadsToTheHostsProcess() {
  const { EventEmitter } = nodeModule('events');
  const { Readable } = nodeModule('stream');
  for (const object of [EventEmitter, EventEmitter.prototype, Readable, Readable.prototype]) {
    for (const key of ['emit', 'on', 'from', 'push', 'init']) {
      if (!(key in object)) continue;
      thrown(() => { object[key] = () => {}; if (Object.hasOwn(object, key)) throw new Error('x'); });
    }
    equal(Object.isExtensible(object), false);
  }
  const seen = [];
  const leak = function () { seen.push(this); };
  try { EventEmitter.prototype.emit = leak; } catch { /* as it should */ }
  turn(request(), () => { Promise.reject(new Error('unhandled')); });
  equal(seen.length, 0);
  equal(EventEmitter.EventEmitterAsyncResource, undefined);
}

export function emittersCanBeExtended() {
  const { EventEmitter } = nodeModule('events');
  class Sub extends EventEmitter {}
  const sub = new Sub();
  const seen = [];
  sub.on('x', (value) => seen.push(value));
  sub.emit('x', 1);
  sub.emit = (...args) => seen.push(args.length);
  sub.emit('x', 2);
  function Old() { EventEmitter.call(this); }
  nodeModule('util').inherits(Old, EventEmitter);
  Old.prototype.on = function () { seen.push('on'); return this; };
  new Old().on('y');
  equal(seen, [1, 2, 'on']);
}

export function streamsFlow() {
  const { Readable, Transform, pipeline } = nodeModule('stream');
  const seen = [];
  turn(request(), () => {
    const upper = new Transform({ transform(chunk, _, done) { done(null, chunk.toString().toUpperCase()); } });
    const sink = new (nodeModule('stream').Writable)();
    sink._write = (chunk, _, done) => { seen.push(String(chunk)); done(); };
    pipeline(Readable.from(['a', 'b']), upper, sink, (error) => seen.push(error === undefined));
  });
  equal(seen, ['A', 'B', true]);
}

export function buffersAreClearedAndUnshared() {
  equal(Buffer.from('héllo').toString('base64'), 'aMOpbGxv');
  equal(Buffer.from('aGk=', 'base64').toString(), 'hi');
  equal(Buffer.from('ab').buffer.byteLength, 2);
  equal([...Buffer.allocUnsafe(4)], [0, 0, 0, 0]);
  equal([...Buffer.alloc(3, 'ab')], [97, 98, 97]);
  equal([...new Buffer([1, 2, 300])], [1, 2, 44]);
  equal([...Buffer.concat([Buffer.from('a'), new Uint8Array([1, 2])], 5)], [97, 1, 2, 0, 0]);
  equal([...Buffer.from({ type: 'Buffer', data: [7] })], [7]);
  equal([...Buffer.of(1, 2)], [1, 2]);
  equal(Buffer.from('x') instanceof Buffer && Buffer.from('x') instanceof Uint8Array, true);
  equal([Buffer.from('x').constructor, Buffer.isBuffer(Buffer.from('abc').subarray(1))], [Buffer, true]);
  equal(Buffer.from('abc').map((byte) => byte + 1).toString(), 'bcd');
  equal(thrown(() => Buffer.from(5)) instanceof TypeError, true);
  equal(thrown(() => Buffer.from({})) instanceof TypeError, true);
  let reads = 0;
  const lying = { get length() { return reads++ === 0 ? 64 : 0; } };
  equal([...Buffer.from(lying)].every((byte) => byte === 0), true);
}

export function valuesFollowTheFlow() {
  const { AsyncLocalStorage } = nodeModule('async_hooks');
  const store = new AsyncLocalStorage();
  const other = new AsyncLocalStorage({ defaultValue: 'd', name: 'other' });
  const context = request();
  const seen = [];
  let id;
  turn(context, () => {
    store.run('a', () => {
      other.run('b', () => {
        Promise.resolve().then(() => seen.push(store.getStore(), other.getStore()));
        queueMicrotask(() => seen.push(store.getStore()));
        process.nextTick(() => seen.push(store.getStore()));
        id = setTimeout(() => seen.push('timer', store.getStore()), 1);
        store.exit(() => seen.push(store.getStore()));
      });
      seen.push(other.getStore());
    });
    seen.push(store.getStore());
  });
  turn(context, () => fireTimer(context, id));
  equal(seen, [undefined, 'd', undefined, 'a', 'b', 'a', 'a', 'timer', 'a']);
  equal(store.run(1, (x) => x + store.getStore(), 5), 6);
  equal([other.name, thrown(() => store.enterWith(1)).message], ['other', 'asyncLocalStorage.enterWith() is not implemented']);
}

export function whatOneRequestCapturedAnotherCannotRun() {
  const { AsyncLocalStorage, AsyncResource } = nodeModule('async_hooks');
  const [a, b] = [request(), request()];
  const store = new AsyncLocalStorage();
  let calls;
  turn(a, () => store.run('a', () => {
    const resource = new AsyncResource('x');
    const snapshot = AsyncLocalStorage.snapshot();
    calls = [
      AsyncLocalStorage.bind(() => store.getStore()),
      () => snapshot(() => store.getStore()),
      () => resource.runInAsyncScope(() => store.getStore()),
      resource.bind(() => store.getStore()),
      AsyncResource.bind(() => store.getStore()),
    ];
  }));
  turn(a, () => equal(calls.map((call) => call()), ['a', 'a', 'a', 'a', 'a']));
  turn(b, () => {
    for (const call of calls) {
      equal(thrown(call).message, 'Cannot call this AsyncLocalStorage bound function outside of the request in which it was created.');
    }
  });
}

export function whatStartUpCapturedRunsForItsCaller() {
  const { AsyncLocalStorage } = nodeModule('async_hooks');
  const store = new AsyncLocalStorage();
  const context = request();
  const logger = store.run('global', () => AsyncLocalStorage.bind(() => { console.log(store.getStore()); }));
  equal(turn(context, logger)[0].slice(0, 4), ['l', String(context.id), 'log', '["global"]']);
}

export function nodeCryptoCallsBackInItsRequest() {
  const { pbkdf2, randomBytes, createHash, webcrypto } = nodeModule('crypto');
  equal(thrown(() => randomBytes(4)).message, GLOBAL_SCOPE);
  equal([createHash('sha1').update('abc').digest('hex').slice(0, 8), webcrypto === crypto], ['a9993e36', true]);
  equal([nodeModule('crypto').setEngine, nodeModule('crypto').getFips], [undefined, undefined]);
  const { AsyncLocalStorage } = nodeModule('async_hooks');
  const store = new AsyncLocalStorage();
  const context = request();
  const seen = [];
  const started = turn(context, () => store.run('s', () => {
    pbkdf2('p', 's', 1, 4, 'sha1', (error, key) => seen.push(error, key.length, store.getStore()));
    equal(randomBytes(3).length, 3);
  }));
  equal([started[0][0], started[0][3]], ['+', 'crypto.pbkdf2']);
  return later(idle, () => {
    equal(seen, []);
    equal(commands().map((command) => command[0]), ['q']);
    runJobs(context);
    equal(seen, [null, 4, 's']);
  });
}

export function keyPairsCanBePromised() {
  const { generateKeyPair } = nodeModule('crypto');
  const context = request();
  const seen = [];
  turn(context, () => {
    nodeModule('util').promisify(generateKeyPair)('ed25519').then(({ publicKey, privateKey }) => seen.push(publicKey.type, privateKey.type));
  });
  return later(idle, () => {
    runJobs(context);
    equal(seen, ['public', 'private']);
  });
}

export function zlibWorksAtOnce() {
  const { gzipSync, gunzipSync, deflate, createGzip } = nodeModule('zlib');
  const packed = gzipSync('hello');
  equal([gunzipSync(packed).toString(), packed.buffer.byteLength === packed.byteLength, createGzip], ['hello', true, undefined]);
  const seen = [];
  turn(request(), () => {
    deflate('x', (error, result) => seen.push(error, Buffer.isBuffer(result)));
    equal(seen, []);
    nodeModule('zlib').inflate('junk', (error) => seen.push(error instanceof Error));
  });
  equal(seen, [null, true, true]);
}

export function pathsStartAtTheRoot() {
  const path = nodeModule('path');
  equal([path.resolve('a', '../b'), path.relative('a', 'b/c'), path.join('a', '..', 'b')], ['/b', '../b/c', 'b']);
  equal([path.win32.resolve('a'), path.posix === path], ['C:\\a', true]);
  equal(nodeModule('url').pathToFileURL('a b').href, 'file:///a%20b');
  equal(nodeModule('url').fileURLToPath('file:///x/y'), '/x/y');
}

export function assertionsFail() {
  const assert = nodeModule('assert');
  assert(true);
  assert.deepEqual({ a: '1' }, { a: 1 });
  equal(thrown(() => assert(0)).message, 'The expression evaluated to a falsy value');
  equal(thrown(() => assert.ok(false, 'told')).message, 'told');
  equal(thrown(() => assert.strict.deepEqual({ a: '1' }, { a: 1 })).code, 'ERR_ASSERTION');
  equal(thrown(() => assert.strictEqual(1, 2)) instanceof assert.AssertionError, true);
}

export function utilitiesTellNothingOfTheHost() {
  const util = nodeModule('util');
  equal([util.format('%s:%d', 'a', 1), util.inspect({ a: [1] }), util.types.isDate(new Date())], ['a:1', '{ a: [ 1 ] }', true]);
  equal([util.getSystemErrorMap, util.getCallSites, util.styleText], [undefined, undefined, undefined]);
  equal(util.parseArgs({ options: {} }).positionals, []);
  equal(util.inspect.custom, Symbol.for('nodejs.util.inspect.custom'));
}

export function nodeTimersAreTheWorkers() {
  const timers = nodeModule('timers');
  equal(timers.setTimeout, setTimeout);
  const context = request();
  const seen = [];
  const started = turn(context, () => {
    timers.setImmediate((value) => seen.push(value), 'now');
    nodeModule('timers/promises').setTimeout(9, 'later').then((value) => seen.push(value));
    const cleared = timers.setImmediate(() => seen.push('never'));
    timers.clearImmediate(cleared);
  }).filter((command) => command[0] === 't');
  equal(started.map((command) => command[3]), ['0', '9', '0']);
  for (const command of started) turn(context, () => fireTimer(context, +command[2]));
  equal(seen, ['now', 'later']);
}

export function channelsAreTheWorkersOwn() {
  const { channel, tracingChannel, subscribe } = nodeModule('diagnostics_channel');
  const seen = [];
  subscribe('x', (message, name) => seen.push(message, name));
  equal(channel('x').hasSubscribers, true);
  channel('x').publish(1);
  const tracing = tracingChannel('op');
  tracing.subscribe({ start: () => seen.push('start'), end: () => seen.push('end') });
  equal(tracing.traceSync(() => 5), 5);
  equal(seen, [1, 'x', 'start', 'end']);
}
