// @ts-check
/**
 * Small globals: `navigator`, `structuredClone`, the class of the global object, and what of
 * `Atomics` would block or wait outside of any request.
 */

import {
  ArrayFrom,
  isArrayBuffer,
  NativeDOMException,
  NativeTypeError,
  ObjectDefineProperty,
  ReflectApply,
  SymbolToStringTag,
} from '../core/primordials.js';
import { defineFunctions, defineGlobal } from './define.js';

let constructing = false;

/** The class of `navigator`. */
export class Navigator {
  constructor() {
    if (!constructing) throw new NativeTypeError('Illegal constructor');
  }

  get userAgent() {
    return 'Cloudflare-Workers';
  }
}
ObjectDefineProperty(Navigator.prototype, SymbolToStringTag, {
  value: 'Navigator',
  configurable: true,
});

/** @param {any} scope */
function installNavigator(scope) {
  constructing = true;
  const navigator = new Navigator();
  constructing = false;
  defineGlobal(scope, 'Navigator', Navigator);
  defineGlobal(scope, 'navigator', navigator);
}

/** Only buffers may be transferred: anything else would open a port. @param {any} scope */
function installStructuredClone(scope) {
  const native = scope.structuredClone;
  const methods = {
    /** @param {any} value @param {any} [options] */
    structuredClone(value, options) {
      const given = options?.transfer;
      if (arguments.length === 0 || given === undefined) {
        return ReflectApply(native, undefined, arguments.length === 0 ? [] : [value]);
      }
      const transfer = ArrayFrom(given);
      for (let i = 0; i < transfer.length; i++) {
        if (!isArrayBuffer(transfer[i])) {
          throw new NativeDOMException('Object not transferable', 'DataCloneError');
        }
      }
      return native(value, { __proto__: null, transfer });
    },
  };
  defineFunctions(scope, methods);
}

/** A worker has one thread, which must not stop. @param {any} scope */
function guardAtomics(scope) {
  const methods = {
    wait() {
      throw new NativeTypeError('Atomics.wait cannot be called in this context');
    },
  };
  ObjectDefineProperty(scope.Atomics, 'wait', { value: methods.wait });
  delete scope.Atomics.waitAsync;
}

/** @param {any} scope */
function installScope(scope) {
  class WorkerGlobalScope extends scope.EventTarget {
    constructor() {
      super();
      throw new NativeTypeError('Illegal constructor');
    }
  }
  class ServiceWorkerGlobalScope extends WorkerGlobalScope {}
  for (const type of [WorkerGlobalScope, ServiceWorkerGlobalScope]) {
    defineGlobal(scope, type.name, type);
    ObjectDefineProperty(type.prototype, SymbolToStringTag, {
      value: type.name,
      configurable: true,
    });
  }
  delete scope[SymbolToStringTag];
  Object.setPrototypeOf(scope, ServiceWorkerGlobalScope.prototype);
  defineGlobal(scope, 'self', scope);
}

/** @param {any} scope the global object */
export function installMisc(scope) {
  installNavigator(scope);
  installStructuredClone(scope);
  guardAtomics(scope);
  installScope(scope);
}
