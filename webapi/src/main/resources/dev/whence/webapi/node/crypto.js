// @ts-check
/**
 * `node:crypto`: the engine's functions and classes. What they do on other threads is a pending
 * event of the request that called; its callback runs in a turn of that request.
 */

import {
  nodeRequire,
  ObjectDefineProperty,
  PromiseWithResolvers,
  ReflectApply,
} from '../core/primordials.js';
import { current, currentFrame, requireCurrent, runInFrame } from '../core/context.js';
import { logException } from '../console/console.js';
import { crypto } from '../crypto/crypto.js';
import { startNative } from '../crypto/native.js';
import { CUSTOM_PROMISIFY } from './promisify.js';

/** Functions and classes that are given as they are. */
const PLAIN = [
  'checkPrimeSync', 'createCipheriv', 'createDecipheriv', 'createDiffieHellman',
  'createDiffieHellmanGroup', 'createECDH', 'createHash', 'createHmac', 'createPrivateKey',
  'createPublicKey', 'createSecretKey', 'createSign', 'createVerify', 'generateKeyPairSync',
  'generateKeySync', 'generatePrimeSync', 'getCipherInfo', 'getCiphers', 'getCurves',
  'getDiffieHellman', 'getHashes', 'hash', 'hkdfSync', 'pbkdf2Sync', 'privateDecrypt',
  'privateEncrypt', 'publicDecrypt', 'publicEncrypt', 'scryptSync', 'timingSafeEqual',
  'Certificate', 'Cipheriv', 'Decipheriv', 'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'Hash',
  'Hmac', 'KeyObject', 'Sign', 'Verify', 'X509Certificate',
];
/** Functions that may be given a callback as the last argument. */
const ASYNCHRONOUS = [
  'checkPrime', 'diffieHellman', 'generateKey', 'generateKeyPair', 'generatePrime', 'hkdf',
  'pbkdf2', 'scrypt', 'sign', 'verify',
];
/** Such functions, and synchronous ones, that global scope may not use (7.1). */
const RANDOM = ['randomBytes', 'randomFill', 'randomInt'];
const RANDOM_SYNC = ['randomFillSync', 'randomUUID'];

/**
 * Calls an engine function whose last argument is a callback.
 * @param {string} name @param {Function} native @param {any[]} args
 */
function callAsynchronous(name, native, args) {
  const last = args.length - 1;
  const callback = args[last];
  if (typeof callback !== 'function') return ReflectApply(native, undefined, args);
  const context = current();
  const frame = /** @type {any} */ (currentFrame());
  /** @type {(job: () => void) => void} */
  let complete = (job) => job();
  args[last] = (/** @type {any[]} */ ...results) =>
    complete(() =>
      runInFrame(frame, () => {
        try {
          ReflectApply(callback, undefined, results);
        } catch (error) {
          logException(context, 'async', error);
        }
      }),
    );
  const result = ReflectApply(native, undefined, args);
  // Not earlier: wrong arguments are thrown.
  complete = startNative('crypto.' + name);
  return result;
}

/** @param {string} name @param {Function} native @param {boolean} isRandom */
function asynchronous(name, native, isRandom) {
  return {
    [name](/** @type {any[]} */ ...args) {
      if (isRandom) requireCurrent();
      return callAsynchronous(name, native, args);
    },
  }[name];
}

/** `generateKeyPair` calls back with two results. @param {any} generateKeyPair */
function addPromisedPair(generateKeyPair) {
  ObjectDefineProperty(generateKeyPair, CUSTOM_PROMISIFY, {
    value: (/** @type {any[]} */ ...args) => {
      const { promise, resolve, reject } = PromiseWithResolvers();
      /** @param {any} error @param {any} publicKey @param {any} privateKey */
      args[args.length] = (error, publicKey, privateKey) =>
        error ? reject(error) : resolve({ publicKey, privateKey });
      ReflectApply(generateKeyPair, undefined, args);
      return promise;
    },
  });
}

/** Exports of `node:crypto`. */
export function cryptoModule() {
  const node = nodeRequire('node:crypto');
  /** @type {any} */
  const exports = {};
  for (const name of PLAIN) if (node[name] !== undefined) exports[name] = node[name];
  for (const name of ASYNCHRONOUS) exports[name] = asynchronous(name, node[name], false);
  for (const name of RANDOM) exports[name] = asynchronous(name, node[name], true);
  for (const name of RANDOM_SYNC) exports[name] = asynchronous(name, node[name], true);
  addPromisedPair(exports.generateKeyPair);
  exports.constants = Object.freeze({ ...node.constants });
  exports.webcrypto = crypto;
  exports.subtle = crypto.subtle;
  exports.getRandomValues = (/** @type {any} */ array) => crypto.getRandomValues(array);
  return exports;
}
