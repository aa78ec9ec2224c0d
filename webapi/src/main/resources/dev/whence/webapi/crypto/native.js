// @ts-check
/**
 * Work that the engine does on other threads, such as key generation.
 *
 * It completes outside of any turn, while the host polls the engine; the result is then queued for a
 * turn of the request that asked for it, and is lost when that has ended. Until then it is a pending
 * event of the request.
 */

import { PromisePrototypeThen, PromiseWithResolvers } from '../core/primordials.js';
import { current, enqueue, startPending } from '../core/context.js';

let running = 0;

/** How much work is under way: while it is not 0, the host must poll the engine. */
export function pendingNative() {
  return running;
}

/**
 * Announces such work for the current request, if any.
 * @param {string} description completes the sentence "waiting for …"
 * @returns {(job: () => void) => void} to be called once, when the work is done: runs the job in a
 *   turn of the request
 */
export function startNative(description) {
  const context = current();
  running++;
  if (context === null) {
    return (job) => {
      running--;
      job();
    };
  }
  if (context.ended) {
    return () => {
      running--;
    };
  }
  const token = startPending(context, description);
  return (job) => {
    running--;
    enqueue(context, job, token);
  };
}

/**
 * A promise of the current request for one of the engine's.
 * @param {string} description completes the sentence "waiting for …"
 * @param {() => Promise<any>} start begins the work; does not throw
 * @returns {Promise<any>}
 */
export function nativePromise(description, start) {
  const { promise, resolve, reject } = PromiseWithResolvers();
  const complete = startNative(description);
  PromisePrototypeThen(
    start(),
    (/** @type {any} */ value) => complete(() => resolve(value)),
    (/** @type {any} */ reason) => complete(() => reject(reason)),
  );
  return promise;
}
