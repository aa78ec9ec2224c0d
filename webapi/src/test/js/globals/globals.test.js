import { GLOBAL_NAMES } from 'whence/core/globals.js';
import { current } from 'whence/core/context.js';
import { compileWasm } from 'whence/globals/wasm.js';
import { isWebLoaded } from 'whence/streams/web.js';
import { equal, hostProcess, install, request, thrown, turn } from './host.js';

install({});
const isWebLoadedAtStart =
  isWebLoaded() || hostProcess.moduleLoadList.some((name) => name.endsWith('internal/webstreams/readablestream'));

/** A module that exports the function f: () => 7 and imports nothing. */
const SEVEN = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 6, 1,
  4, 0, 65, 7, 11,
]);

export function theGlobalObjectHasAWorkersNamesOnly() {
  const names = Object.getOwnPropertyNames(globalThis);
  equal(names.filter((name) => !GLOBAL_NAMES.includes(name)), []);
  const missing = GLOBAL_NAMES.filter((name) => !names.includes(name));
  // The engine may have been built without it.
  equal(missing.filter((name) => name !== 'Intl'), []);
  equal(Object.getOwnPropertySymbols(globalThis), []);
}

export function streamsAreNotLoadedBeforeTheyAreUsed() {
  const loaded = () => hostProcess.moduleLoadList.some((name) => name.endsWith('internal/webstreams/readablestream'));
  equal([isWebLoadedAtStart, loaded()], [false, isWebLoaded()]);
  new ReadableStream();
  equal([isWebLoaded(), loaded()], [true, true]);
}

export function nothingOfTheEngineIsReachableByName() {
  for (const name of ['require', 'process', 'global', 'Buffer', 'setImmediate', 'MessageChannel', 'MessagePort', 'BroadcastChannel', 'WebSocket', 'PerformanceObserver', 'gc', 'module']) {
    equal([name, name in globalThis], [name, false]);
  }
  equal([self === globalThis, String(globalThis)], [true, '[object ServiceWorkerGlobalScope]']);
  equal(globalThis instanceof ServiceWorkerGlobalScope, true);
  equal(thrown(() => new ServiceWorkerGlobalScope()).message, 'Illegal constructor');
}

export function objectsOpenNoPorts() {
  for (const object of [new AbortController().signal, new ReadableStream(), new WritableStream(), new TransformStream()]) {
    for (let prototype = object; prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
      for (const symbol of Object.getOwnPropertySymbols(prototype)) {
        equal(/transfer/.test(String(symbol.description)), false);
      }
    }
  }
  equal([URL.createObjectURL, URL.revokeObjectURL], [undefined, undefined]);
  equal(thrown(() => structuredClone(1, { transfer: [new ReadableStream()] })).name, 'DataCloneError');
}

export function aClonedValueIsDeep() {
  const buffer = new ArrayBuffer(8);
  const copy = structuredClone({ a: [new Date(5), new Map([[1, 2]])], buffer }, { transfer: [buffer] });
  equal([copy.a[0].getTime(), copy.a[1].get(1), copy.buffer.byteLength, buffer.byteLength], [5, 2, 8, 0]);
  equal(thrown(() => structuredClone(() => {})).name, 'DataCloneError');
  equal(thrown(() => structuredClone()) instanceof TypeError, true);
}

export async function wasmComesFromModulesOnly() {
  const text = 'Wasm code generation disallowed by embedder';
  for (const attempt of [
    () => WebAssembly.compile(SEVEN),
    () => WebAssembly.instantiate(SEVEN),
    () => WebAssembly.instantiate(SEVEN.buffer, {}),
    () => WebAssembly.compileStreaming({}),
    () => WebAssembly.instantiateStreaming({}),
    async () => new WebAssembly.Module(SEVEN),
  ]) {
    const error = await attempt().then(() => undefined, (reason) => reason);
    equal([error instanceof WebAssembly.CompileError, error.message.endsWith(text)], [true, true]);
  }
  equal(WebAssembly.validate(SEVEN), true);
}

export async function aWasmModuleCanBeInstantiated() {
  const module = compileWasm(SEVEN);
  equal(module instanceof WebAssembly.Module, true);
  equal(module.constructor, WebAssembly.Module);
  equal(WebAssembly.Module.exports(module), [{ name: 'f', kind: 'function' }]);
  equal(new WebAssembly.Instance(module).exports.f(), 7);
  const instance = await WebAssembly.instantiate(module, {});
  equal(instance.exports.f(), 7);
}

export function waitingIsRefused() {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  equal(thrown(() => Atomics.wait(cell, 0, 0, 10)) instanceof TypeError, true);
  equal(Atomics.waitAsync, undefined);
}

export function navigatorNamesTheRuntime() {
  equal([navigator.userAgent, navigator instanceof Navigator], ['Cloudflare-Workers', true]);
}

export function textIsEncodedInBase64() {
  equal([btoa('hello'), atob('aGVsbG8=')], ['aGVsbG8=', 'hello']);
  equal(thrown(() => atob('*')).name, 'InvalidCharacterError');
}

export function aBlobStreamsWithoutTheEnginesLoop() {
  const seen = [];
  turn(request(), () => {
    const reader = new Blob(['abc', 'x'.repeat(100000)]).stream().getReader();
    const next = () => reader.read().then(({ done, value }) => {
      seen.push(done ? 'done' : value.byteLength);
      return done ? undefined : next();
    });
    next();
    new Blob([]).stream().getReader().read().then(({ done }) => seen.push(done));
  });
  equal(seen.filter((x) => typeof x === 'number').reduce((a, b) => a + b, 0), 100003);
  equal([seen.includes('done'), seen.includes(true)], [true, true]);
}

export function framesCannotBeStolenThroughIterators() {
  for (const iterator of [new Map().entries(), new Set().values(), [].values(), ''[Symbol.iterator]()]) {
    const prototype = Object.getPrototypeOf(iterator);
    const error = thrown(() => {
      'use strict';
      prototype.next = () => ({ done: true });
    });
    equal(error instanceof TypeError, true);
  }
}

export function theCurrentRequestSurvivesSmashedMaps() {
  const context = request();
  const saved = Object.getOwnPropertyDescriptors(Map.prototype);
  const leaked = [];
  let seen;
  try {
    for (const key of ['get', 'set', 'has', 'entries', Symbol.iterator, 'forEach']) {
      Map.prototype[key] = function () { leaked.push(this); return undefined; };
    }
    turn(context, () => {
      seen = current() === context;
      queueMicrotask(() => { seen = seen && current() === context; });
    });
  } finally {
    Object.defineProperties(Map.prototype, saved);
  }
  equal([seen, leaked.length], [true, 0]);
}
