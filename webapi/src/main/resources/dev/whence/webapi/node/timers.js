// @ts-check
/**
 * `node:timers` and `node:timers/promises`.
 */

import {
  NativeTypeError,
  ObjectDefineProperty,
  PromiseResolve,
  ReflectApply,
  SymbolAsyncIterator,
} from '../core/primordials.js';
import { wait } from '../timers/scheduler.js';
import {
  clearInterval,
  clearTimeout,
  setInterval,
  setTimeout,
} from '../timers/timers.js';
import { CUSTOM_PROMISIFY } from './promisify.js';

/** What setImmediate returns. */
class Immediate {
  #id;

  /** @param {number} id */
  constructor(id) {
    this.#id = id;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  hasRef() {
    return true;
  }

  /** @param {any} object */
  static clear(object) {
    if (typeof object === 'object' && object !== null && #id in object) clearTimeout(object.#id);
  }
}
const clearImmediateObject = Immediate.clear;
Reflect.deleteProperty(Immediate, 'clear');

/** @param {any} callback @param {any[]} args */
function setImmediate(callback, ...args) {
  if (typeof callback !== 'function') {
    throw new NativeTypeError('The "callback" argument must be of type function');
  }
  /** @type {any[]} */
  const all = [callback, 0];
  for (let i = 0; i < args.length; i++) all[i + 2] = args[i];
  return new Immediate(ReflectApply(setTimeout, undefined, all));
}

const promises = {
  /** @param {any} delay @param {any} [value] @param {{signal?: AbortSignal}} [options] */
  setTimeout: (delay, value, options) => wait(delay, value, options?.signal, 'setTimeout'),
  /** @param {any} [value] @param {{signal?: AbortSignal}} [options] */
  setImmediate: (value, options) => wait(0, value, options?.signal, 'setImmediate'),
  /** @param {any} delay @param {any} [value] @param {{signal?: AbortSignal}} [options] */
  setInterval: (delay, value, options) => {
    let done = false;
    const iterator = {
      next: () =>
        done
          ? PromiseResolve({ done: true, value: undefined })
          : wait(delay, { done: false, value }, options?.signal, 'setInterval'),
      return: () => {
        done = true;
        return PromiseResolve({ done: true, value: undefined });
      },
      [SymbolAsyncIterator]: () => iterator,
    };
    return iterator;
  },
  scheduler: {
    /** @param {any} delay @param {{signal?: AbortSignal}} [options] */
    wait: (delay, options) => wait(delay, undefined, options?.signal),
    yield: () => wait(0, undefined, undefined),
  },
};

/** Exports of `node:timers`. */
export function timersModule() {
  for (const [fn, promised] of [
    [setTimeout, promises.setTimeout],
    [setImmediate, promises.setImmediate],
  ]) {
    ObjectDefineProperty(fn, CUSTOM_PROMISIFY, { value: promised, configurable: true });
  }
  return {
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout,
    clearInterval,
    clearImmediate: (/** @type {any} */ object) => clearImmediateObject(object),
    promises,
  };
}

/** Exports of `node:timers/promises`. */
export function timersPromises() {
  return promises;
}
