// @ts-check
/**
 * The engine's own cryptography. Loading it takes milliseconds, so that is done when it is first
 * needed; no object of a worker can be in its way, as it captures what it uses by itself.
 */

import { nodeRequire, ObjectCreate, ObjectGetPrototypeOf } from '../core/primordials.js';

/**
 * @typedef {object} NodeCrypto
 * @property {any} webcrypto the engine's `crypto`
 * @property {(array: any) => any} getRandomValues
 * @property {() => string} randomUUID
 * @property {any} subtle the engine's `crypto.subtle`
 * @property {Record<string, Function>} methods those of `subtle`
 * @property {(a: any, b: any) => boolean} timingSafeEqual
 */

/** @type {NodeCrypto | undefined} */
let loaded;

/** @returns {NodeCrypto} */
export function nodeCrypto() {
  if (loaded !== undefined) return loaded;
  const module = nodeRequire('node:crypto');
  const { webcrypto } = module;
  const subtle = webcrypto.subtle;
  const prototype = ObjectGetPrototypeOf(subtle);
  /** @type {Record<string, Function>} */
  const methods = ObjectCreate(null);
  const names = [
    'encrypt', 'decrypt', 'sign', 'verify', 'digest', 'generateKey', 'deriveKey', 'deriveBits',
    'importKey', 'exportKey', 'wrapKey', 'unwrapKey',
  ];
  for (let i = 0; i < names.length; i++) methods[names[i]] = prototype[names[i]];
  loaded = {
    webcrypto,
    getRandomValues: webcrypto.getRandomValues,
    randomUUID: webcrypto.randomUUID,
    subtle,
    methods,
    timingSafeEqual: module.timingSafeEqual,
  };
  return loaded;
}
