// @ts-check
/**
 * `node:async_hooks`: a worker's AsyncLocalStorage and AsyncResource.
 *
 * Their values live in the frame that carries the current request, in a map that is never changed
 * once made. Restoring a captured frame restores these values only: the request stays the current
 * one, and what one request captured cannot be run by another (workers-semantics.md, section 14).
 */

import {
  NativeError,
  NativeTypeError,
  ReflectApply,
  SafeMap,
} from '../core/primordials.js';
import { current, currentFrame, runInFrame } from '../core/context.js';
import { ASYNC_LOCAL_STORAGE_FOREIGN } from '../core/messages.js';

/** @typedef {import('../core/context.js').Frame} Frame */
/** @typedef {Map<object, unknown> | null} Locals */

/** @returns {Locals} */
function currentLocals() {
  const frame = currentFrame();
  return frame === undefined ? null : frame.locals;
}

/**
 * Runs a function as the current request, with the given values.
 * @param {Locals} locals @param {Function} fn @param {any} receiver @param {any[]} args
 */
function runWith(locals, fn, receiver, args) {
  /** @type {any} */
  const frame = { context: current(), locals };
  return runInFrame(frame, () => ReflectApply(fn, receiver, args));
}

/**
 * The current values with one of them changed.
 * @param {object} key @param {boolean} present @param {unknown} value @returns {Locals}
 */
function localsWith(key, present, value) {
  /** @type {Map<object, unknown>} */
  const copy = new SafeMap();
  const locals = currentLocals();
  if (locals !== null) {
    locals.forEach((other, otherKey) => {
      copy.set(otherKey, other);
    });
  }
  if (present) copy.set(key, value);
  else copy.delete(key);
  return copy;
}

/** The current values, to be restored by their own request only. */
class Capture {
  #context = current();
  #locals = currentLocals();

  /** @param {Function} fn @param {any} receiver @param {any[]} args */
  run(fn, receiver, args) {
    // What start-up code captured belongs to nobody and may run for all.
    if (this.#context !== null && this.#context !== current()) {
      throw new NativeError(ASYNC_LOCAL_STORAGE_FOREIGN);
    }
    return runWith(this.#locals, fn, receiver, args);
  }
}
const captureRun = Capture.prototype.run;

/** @param {any} value @param {string} name */
function checkFunction(value, name) {
  if (typeof value !== 'function') {
    throw new NativeTypeError('The "' + name + '" argument must be of type function');
  }
}

/**
 * @param {Function} fn @param {(self: any) => any} receiverOf from the `this` of a call
 * @returns {Function} one that runs as the given one would now
 */
function bound(fn, receiverOf) {
  const capture = new Capture();
  return /** @this {any} @param {any[]} args */ function (...args) {
    return ReflectApply(captureRun, capture, [fn, receiverOf(this), args]);
  };
}

/** A value that follows the asynchronous flow. */
export class AsyncLocalStorage {
  #default;
  #name;

  /** @param {{defaultValue?: any, name?: string}} [options] */
  constructor(options) {
    this.#default = options?.defaultValue;
    this.#name = options?.name === undefined ? '' : `${options.name}`;
  }

  get name() {
    return this.#name;
  }

  /** @param {any} store @param {Function} fn @param {any[]} args */
  run(store, fn, ...args) {
    checkFunction(fn, 'callback');
    return runWith(localsWith(this, true, store), fn, undefined, args);
  }

  /** @param {Function} fn @param {any[]} args */
  exit(fn, ...args) {
    checkFunction(fn, 'callback');
    return runWith(localsWith(this, true, undefined), fn, undefined, args);
  }

  getStore() {
    const locals = currentLocals();
    return locals !== null && locals.has(this) ? locals.get(this) : this.#default;
  }

  enterWith() {
    throw new NativeError('asyncLocalStorage.enterWith() is not implemented');
  }

  disable() {
    throw new NativeError('asyncLocalStorage.disable() is not implemented');
  }

  /** @param {Function} fn @returns {Function} */
  static bind(fn) {
    checkFunction(fn, 'fn');
    return bound(fn, (self) => self);
  }

  /** @returns {(fn: Function, ...args: any[]) => any} */
  static snapshot() {
    const capture = new Capture();
    return (fn, ...args) => {
      checkFunction(fn, 'fn');
      return ReflectApply(captureRun, capture, [fn, undefined, args]);
    };
  }
}

/** Something that calls back later, as its creator. */
export class AsyncResource {
  #capture = new Capture();

  /** @param {string} type @param {any} [_options] */
  constructor(type, _options) {
    if (typeof type !== 'string') {
      throw new NativeTypeError('The "type" argument must be of type string');
    }
  }

  /** @param {Function} fn @param {any} [receiver] @param {any[]} args */
  runInAsyncScope(fn, receiver, ...args) {
    checkFunction(fn, 'fn');
    return ReflectApply(captureRun, this.#capture, [fn, receiver, args]);
  }

  /** @param {Function} fn @param {any} [receiver] */
  bind(fn, receiver) {
    checkFunction(fn, 'fn');
    const capture = this.#capture;
    const isBound = arguments.length > 1;
    return /** @this {any} @param {any[]} args */ function (...args) {
      return ReflectApply(captureRun, capture, [fn, isBound ? receiver : this, args]);
    };
  }

  /** @param {Function} fn @param {string} [_type] @param {any} [receiver] */
  static bind(fn, _type, receiver) {
    checkFunction(fn, 'fn');
    const isBound = arguments.length > 2;
    return bound(fn, (self) => (isBound ? receiver : self));
  }

  asyncId() {
    return 0;
  }

  triggerAsyncId() {
    return 0;
  }

  emitDestroy() {
    return this;
  }
}

/** Exports of `node:async_hooks`. */
export function asyncHooks() {
  return {
    AsyncLocalStorage,
    AsyncResource,
    executionAsyncId: () => 0,
    triggerAsyncId: () => 0,
    executionAsyncResource: () => ({}),
    createHook() {
      throw new NativeError('async_hooks.createHook() is not implemented');
    },
  };
}
