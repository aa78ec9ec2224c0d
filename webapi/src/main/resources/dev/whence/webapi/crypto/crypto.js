// @ts-check
/**
 * The `crypto` global.
 */

import {
  NativeTypeError,
  ObjectDefineProperty,
  ReflectApply,
  SymbolToStringTag,
} from '../core/primordials.js';
import { isSeeded, seededFill, seededUUID } from '../core/chance.js';
import { requireCurrent } from '../core/context.js';
import { ILLEGAL_INVOCATION } from '../core/messages.js';
import { defineGlobal } from '../globals/define.js';
import { nodeCrypto } from './node-crypto.js';
import { subtle, SubtleCrypto } from './subtle.js';

export { pendingNative } from './native.js';

let constructing = false;

/** The class of `crypto`. */
export class Crypto {
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

  get subtle() {
    Crypto.#check(this);
    return subtle;
  }

  /** @param {any} array */
  getRandomValues(array) {
    Crypto.#check(this);
    requireCurrent();
    const { webcrypto, getRandomValues } = nodeCrypto();
    const filled = ReflectApply(getRandomValues, webcrypto, [array]);
    return isSeeded() ? seededFill(filled) : filled;
  }

  randomUUID() {
    Crypto.#check(this);
    requireCurrent();
    if (isSeeded()) return seededUUID();
    const { webcrypto, randomUUID } = nodeCrypto();
    return ReflectApply(randomUUID, webcrypto, []);
  }
}
ObjectDefineProperty(Crypto.prototype, SymbolToStringTag, { value: 'Crypto', configurable: true });

constructing = true;
/** The `crypto` global. */
export const crypto = new Crypto();
constructing = false;

/**
 * Leaves the engine's `CryptoKey` in place: it is loaded when it is first read.
 * @param {any} scope the global object
 */
export function installCrypto(scope) {
  defineGlobal(scope, 'crypto', crypto);
  defineGlobal(scope, 'Crypto', Crypto);
  defineGlobal(scope, 'SubtleCrypto', SubtleCrypto);
}
