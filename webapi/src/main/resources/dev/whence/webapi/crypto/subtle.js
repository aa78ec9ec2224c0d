// @ts-check
/**
 * `crypto.subtle`: the engine's, made to settle in turns of the request that asked.
 */

import {
  ArrayBufferIsView,
  isArrayBuffer,
  NativeDOMException,
  NativeError,
  NativeNumber,
  NativeString,
  NativeTypeError,
  ObjectDefineProperty,
  PromiseReject,
  ReflectApply,
  StringPrototypeToUpperCase,
  SymbolToStringTag,
} from '../core/primordials.js';
import { current } from '../core/context.js';
import { GLOBAL_SCOPE, ILLEGAL_INVOCATION } from '../core/messages.js';
import { nativePromise } from './native.js';
import { nodeCrypto } from './node-crypto.js';

/** Rule 17.4. */
const MOST_PBKDF2_ITERATIONS = 100000;

/** @param {any} algorithm */
function checkDerivation(algorithm) {
  if (algorithm === null || typeof algorithm !== 'object') return;
  if (StringPrototypeToUpperCase(NativeString(algorithm.name)) !== 'PBKDF2') return;
  const iterations = NativeNumber(algorithm.iterations);
  if (iterations > MOST_PBKDF2_ITERATIONS) {
    throw new NativeDOMException(
      'Pbkdf2 failed: iteration counts above ' + MOST_PBKDF2_ITERATIONS +
        ' are not supported (requested ' + iterations + ').',
      'NotSupportedError',
    );
  }
}

let constructing = false;

/** The class of `crypto.subtle`. */
export class SubtleCrypto {
  #brand = true;

  constructor() {
    if (!constructing) throw new NativeTypeError('Illegal constructor');
  }

  /** @param {any} object */
  static #check(object) {
    if (object === null || typeof object !== 'object' || !(#brand in object)) {
      throw new NativeTypeError(ILLEGAL_INVOCATION);
    }
  }

  /**
   * Calls the engine's method of the same name.
   * @param {any} self @param {string} name @param {any[]} args @returns {Promise<any>}
   */
  static #call(self, name, args) {
    try {
      SubtleCrypto.#check(self);
      if (current() === null && name !== 'digest') throw new NativeError(GLOBAL_SCOPE);
      if (name === 'deriveBits' || name === 'deriveKey') checkDerivation(args[0]);
      const { subtle, methods } = nodeCrypto();
      return nativePromise('crypto.subtle.' + name, () => ReflectApply(methods[name], subtle, args));
    } catch (error) {
      return PromiseReject(error);
    }
  }

  /** @param {any[]} args */
  encrypt(...args) {
    return SubtleCrypto.#call(this, 'encrypt', args);
  }

  /** @param {any[]} args */
  decrypt(...args) {
    return SubtleCrypto.#call(this, 'decrypt', args);
  }

  /** @param {any[]} args */
  sign(...args) {
    return SubtleCrypto.#call(this, 'sign', args);
  }

  /** @param {any[]} args */
  verify(...args) {
    return SubtleCrypto.#call(this, 'verify', args);
  }

  /** @param {any[]} args */
  digest(...args) {
    return SubtleCrypto.#call(this, 'digest', args);
  }

  /** @param {any[]} args */
  generateKey(...args) {
    return SubtleCrypto.#call(this, 'generateKey', args);
  }

  /** @param {any[]} args */
  deriveKey(...args) {
    return SubtleCrypto.#call(this, 'deriveKey', args);
  }

  /** @param {any[]} args */
  deriveBits(...args) {
    return SubtleCrypto.#call(this, 'deriveBits', args);
  }

  /** @param {any[]} args */
  importKey(...args) {
    return SubtleCrypto.#call(this, 'importKey', args);
  }

  /** @param {any[]} args */
  exportKey(...args) {
    return SubtleCrypto.#call(this, 'exportKey', args);
  }

  /** @param {any[]} args */
  wrapKey(...args) {
    return SubtleCrypto.#call(this, 'wrapKey', args);
  }

  /** @param {any[]} args */
  unwrapKey(...args) {
    return SubtleCrypto.#call(this, 'unwrapKey', args);
  }

  /**
   * Compares in a time that depends on the length only.
   * @param {any} a @param {any} b @returns {boolean}
   */
  timingSafeEqual(a, b) {
    SubtleCrypto.#check(this);
    if (!isBufferSource(a) || !isBufferSource(b)) {
      throw new NativeTypeError(
        "Failed to execute 'timingSafeEqual' on 'SubtleCrypto': " +
          "parameters are not of type 'ArrayBuffer or ArrayBufferView'.",
      );
    }
    try {
      return nodeCrypto().timingSafeEqual(a, b);
    } catch {
      throw new NativeTypeError('Input buffers must have the same byte length.');
    }
  }
}
ObjectDefineProperty(SubtleCrypto.prototype, SymbolToStringTag, {
  value: 'SubtleCrypto',
  configurable: true,
});

/** @param {any} value */
function isBufferSource(value) {
  return isArrayBuffer(value) || ArrayBufferIsView(value);
}

constructing = true;
/** The value of `crypto.subtle`. */
export const subtle = new SubtleCrypto();
constructing = false;
