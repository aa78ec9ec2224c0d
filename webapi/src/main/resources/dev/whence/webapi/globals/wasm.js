// @ts-check
/**
 * WebAssembly as a worker sees it: modules come from its imports, never from bytes at run time, and
 * nothing is compiled in the background.
 */

import {
  NativeTypeError,
  ObjectDefineProperties,
  ObjectDefineProperty,
  PromiseReject,
  PromiseResolve,
  ReflectConstruct,
  ReflectGetPrototypeOf,
} from '../core/primordials.js';

const NativeWasm = WebAssembly;
const { Module: NativeModule, Instance: NativeInstance, CompileError } = NativeWasm;

/** Compiles a module that a worker imports. @param {ArrayBuffer | Uint8Array} bytes */
export function compileWasm(bytes) {
  return new NativeModule(/** @type {any} */ (bytes));
}

/**
 * Runs work of the engine's own that compiles modules from bytes; it must not call user code.
 * @template T
 * @param {() => T} work
 * @returns {T}
 */
export function withNativeWasm(work) {
  const seen = NativeWasm.Module;
  const show = (/** @type {any} */ value) =>
    ObjectDefineProperty(NativeWasm, 'Module', /** @type {any} */ ({ __proto__: null, value }));
  show(NativeModule);
  try {
    return work();
  } finally {
    show(seen);
  }
}

/** @param {string} caller */
function refusal(caller) {
  return new CompileError(
    'WebAssembly.' + caller + '(): Wasm code generation disallowed by embedder',
  );
}

/** @param {any} value */
function isModule(value) {
  for (let object = value; object !== null; object = ReflectGetPrototypeOf(object)) {
    if (typeof object !== 'object') return false;
    if (object === NativeModule.prototype) return true;
  }
  return false;
}

/** The WebAssembly.Module that workers see. @this {any} */
function Module() {
  if (new.target === undefined) {
    throw new NativeTypeError("WebAssembly.Module must be invoked with 'new'");
  }
  throw refusal('Module');
}

const methods = {
  /** @param {any} _bytes */
  compile(_bytes) {
    return PromiseReject(refusal('compile'));
  },
  /** @param {any} _source */
  compileStreaming(_source) {
    return PromiseReject(refusal('compileStreaming'));
  },
  /** @param {any} _source @param {any} [_imports] */
  instantiateStreaming(_source, _imports) {
    return PromiseReject(refusal('instantiateStreaming'));
  },
  /** @param {any} module @param {any} [imports] */
  instantiate(module, imports) {
    if (!isModule(module)) return PromiseReject(refusal('instantiate'));
    try {
      return PromiseResolve(ReflectConstruct(NativeInstance, [module, imports]));
    } catch (error) {
      return PromiseReject(error);
    }
  },
};

/** @param {any} scope the global object */
export function installWasm(scope) {
  const wasm = scope.WebAssembly;
  const hidden = { writable: true, enumerable: false, configurable: true };
  ObjectDefineProperties(Module, {
    prototype: { value: NativeModule.prototype, writable: false },
    length: { value: 1, configurable: true },
  });
  for (const name of ['customSections', 'exports', 'imports']) {
    ObjectDefineProperty(Module, name, {
      value: /** @type {any} */ (NativeModule)[name],
      ...hidden,
    });
  }
  ObjectDefineProperty(NativeModule.prototype, 'constructor', { value: Module, ...hidden });
  ObjectDefineProperty(wasm, 'Module', { value: Module, ...hidden });
  for (const name of Object.keys(methods)) {
    ObjectDefineProperty(wasm, name, { value: /** @type {any} */ (methods)[name], ...hidden });
  }
  // Suspended stacks would resume for a request that has ended: no `await` of theirs is rewritten.
  for (const name of ['Suspending', 'SuspendError', 'promising']) delete wasm[name];
}
