// @ts-check
/**
 * `util.promisify`, whose promises belong to the request that calls and settle in its turns.
 */

import {
  NativeTypeError,
  ObjectDefineProperty,
  ReflectApply,
} from '../core/primordials.js';

/** Key of a function's own promise-returning form. */
export const CUSTOM_PROMISIFY = Symbol.for('nodejs.util.promisify.custom');

/**
 * @param {any} scope the global object
 * @returns {any}
 */
export function makePromisify(scope) {
  const WorkerPromise = scope.Promise;
  /** @param {any} original */
  function promisify(original) {
    if (typeof original !== 'function') {
      throw new NativeTypeError('The "original" argument must be of type function');
    }
    const custom = original[CUSTOM_PROMISIFY];
    if (custom !== undefined) return custom;
    return {
      /** @this {any} @param {any[]} args */
      [original.name](...args) {
        return new WorkerPromise((/** @type {any} */ resolve, /** @type {any} */ reject) => {
          args[args.length] = (/** @type {any} */ error, /** @type {any} */ value) =>
            error ? reject(error) : resolve(value);
          ReflectApply(original, this, args);
        });
      },
    }[original.name];
  }
  ObjectDefineProperty(promisify, 'custom', { value: CUSTOM_PROMISIFY, enumerable: true });
  return promisify;
}
