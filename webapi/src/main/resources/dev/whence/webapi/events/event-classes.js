// @ts-check
/**
 * Events that the engine has no classes for.
 */

import {
  NativeTypeError,
  ObjectDefineProperty,
  SymbolToStringTag,
} from '../core/primordials.js';
import { defineGlobal } from '../globals/define.js';

const NativeEvent = globalThis.Event;

/** An error that nobody caught. */
export class ErrorEvent extends NativeEvent {
  #message;
  #filename;
  #lineno;
  #colno;
  #error;

  /** @param {string} type @param {any} [init] */
  constructor(type, init) {
    if (arguments.length === 0) {
      throw new NativeTypeError("Failed to construct 'ErrorEvent': 1 argument required.");
    }
    super(type, init);
    this.#message = `${init?.message ?? ''}`;
    this.#filename = `${init?.filename ?? ''}`;
    this.#lineno = init?.lineno >>> 0;
    this.#colno = init?.colno >>> 0;
    this.#error = init?.error;
  }

  get message() {
    return this.#message;
  }

  get filename() {
    return this.#filename;
  }

  get lineno() {
    return this.#lineno;
  }

  get colno() {
    return this.#colno;
  }

  get error() {
    return this.#error;
  }
}

/** A promise was rejected and nobody handles that, or somebody does after all. */
export class PromiseRejectionEvent extends NativeEvent {
  #promise;
  #reason;

  /** @param {string} type @param {{promise: Promise<any>, reason?: any}} init */
  constructor(type, init) {
    if (arguments.length < 2 || init === null || typeof init !== 'object' || !('promise' in init)) {
      throw new NativeTypeError(
        "Failed to construct 'PromiseRejectionEvent': required member promise is undefined.",
      );
    }
    super(type, /** @type {any} */ (init));
    this.#promise = init.promise;
    this.#reason = init.reason;
  }

  get promise() {
    return this.#promise;
  }

  get reason() {
    return this.#reason;
  }
}

for (const type of [ErrorEvent, PromiseRejectionEvent]) {
  ObjectDefineProperty(type.prototype, SymbolToStringTag, { value: type.name, configurable: true });
}

/** @param {any} scope the global object */
export function installEventClasses(scope) {
  for (const value of [ErrorEvent, PromiseRejectionEvent]) {
    defineGlobal(scope, value.name, value);
  }
}
