// @ts-check
/**
 * `node:zlib` without its streams: their work on other threads could not be told to belong to a
 * request. The forms with a callback do the work at once and call back in a microtask.
 */

import {
  MathMin,
  NativeNumber,
  NativeTypeError,
  nodeRequire,
  ReflectApply,
} from '../core/primordials.js';
import { queueMicrotask } from '../events/errors.js';
import { ownBuffer } from './buffer.js';

const NAMES = [
  'deflate', 'inflate', 'gzip', 'gunzip', 'deflateRaw', 'inflateRaw', 'unzip', 'brotliCompress',
  'brotliDecompress', 'zstdCompress', 'zstdDecompress',
];

/** Bytes that one call may make of its input. */
const MOST_OUTPUT = 128 * 1024 * 1024;

/** @param {string} name @param {Function} native */
function synchronous(name, native) {
  return {
    /** @param {any} data @param {any} [options] */
    [name](data, options) {
      const given = options?.maxOutputLength;
      const maxOutputLength =
        given === undefined ? MOST_OUTPUT : MathMin(NativeNumber(given), MOST_OUTPUT);
      const all = { ...options, maxOutputLength, info: false };
      // The engine's result may be a part of memory that it has not cleared.
      return ownBuffer(ReflectApply(native, undefined, [data, all]));
    },
  }[name];
}

/** @param {string} name @param {Function} now */
function deferred(name, now) {
  return {
    /** @param {any} data @param {any} options @param {any} [callback] */
    [name](data, options, callback = options) {
      if (typeof callback !== 'function') {
        throw new NativeTypeError('The "callback" argument must be of type function');
      }
      /** @type {any[]} */
      let results;
      try {
        results = [null, now(data, callback === options ? undefined : options)];
      } catch (error) {
        results = [error];
      }
      queueMicrotask(() => ReflectApply(callback, undefined, results));
    },
  }[name];
}

/** Exports of `node:zlib`. */
export function zlibModule() {
  const node = nodeRequire('node:zlib');
  /** @type {any} */
  const exports = {};
  for (const name of NAMES) {
    const native = node[name + 'Sync'];
    if (native === undefined) continue;
    const now = synchronous(name + 'Sync', native);
    exports[name + 'Sync'] = now;
    exports[name] = deferred(name, now);
  }
  exports.crc32 = node.crc32;
  exports.constants = Object.freeze({ ...node.constants });
  exports.codes = Object.freeze({ ...node.codes });
  return exports;
}
