// @ts-check
/**
 * What else waits for the clock: `scheduler.wait` and `AbortSignal.timeout`.
 */

import {
  NativeDOMException,
  NativeError,
  NativeTypeError,
  ObjectDefineProperty,
  ObjectFreeze,
  PromiseReject,
  PromiseWithResolvers,
  SymbolToStringTag,
  uncurryGetter,
  uncurryThis,
} from '../core/primordials.js';
import { current, requireCurrent } from '../core/context.js';
import { GLOBAL_SCOPE, ILLEGAL_INVOCATION } from '../core/messages.js';
import { deliver } from '../core/promises.js';
import { defineGlobal } from '../globals/define.js';
import { startTimer, stopTimer } from './timers.js';

const { AbortController: NativeAbortController, AbortSignal: NativeAbortSignal } = globalThis;
const controllerSignal = uncurryGetter(NativeAbortController.prototype, 'signal');
const controllerAbort = uncurryThis(NativeAbortController.prototype.abort);
const signalAborted = uncurryGetter(NativeAbortSignal.prototype, 'aborted');
const signalReason = uncurryGetter(NativeAbortSignal.prototype, 'reason');
const addEventListener = uncurryThis(EventTarget.prototype.addEventListener);
const removeEventListener = uncurryThis(EventTarget.prototype.removeEventListener);
const ONCE = ObjectFreeze({ __proto__: null, once: true });

/**
 * A promise of the current request that is fulfilled when the time has passed.
 * @param {any} delay milliseconds, as the worker gave them
 * @param {any} value what it is fulfilled with
 * @param {any} signal an AbortSignal that cancels the wait, or undefined
 * @param {string} [name] of the function that a worker called
 * @returns {Promise<any>}
 */
export function wait(delay, value, signal, name = 'scheduler.wait') {
  const context = current();
  if (context === null) return PromiseReject(new NativeError(GLOBAL_SCOPE));
  if (signal === undefined || signal === null) {
    const { promise, resolve } = PromiseWithResolvers();
    startTimer(context, name, delay, false, () => resolve(value));
    return promise;
  }
  if (signalAborted(signal)) return PromiseReject(signalReason(signal));
  const { promise, resolve, reject } = PromiseWithResolvers();
  const onAbort = () => {
    stopTimer(context, id);
    // Whoever aborts, it is this request that goes on.
    deliver(context, () => reject(signalReason(signal)));
  };
  const id = startTimer(context, name, delay, false, () => {
    removeEventListener(signal, 'abort', onAbort);
    resolve(value);
  });
  addEventListener(signal, 'abort', onAbort, ONCE);
  return promise;
}

let constructing = false;

/** The class of `scheduler`. */
export class Scheduler {
  #brand = true;

  constructor() {
    if (!constructing) throw new NativeTypeError('Illegal constructor');
  }

  /** @param {any} delay @param {{signal?: AbortSignal}} [options] @returns {Promise<void>} */
  wait(delay, options) {
    try {
      if (!(#brand in this)) throw new NativeTypeError(ILLEGAL_INVOCATION);
      return wait(delay, undefined, options?.signal);
    } catch (error) {
      return PromiseReject(error);
    }
  }
}
ObjectDefineProperty(Scheduler.prototype, SymbolToStringTag, {
  value: 'Scheduler',
  configurable: true,
});

constructing = true;
/** The `scheduler` global. */
export const scheduler = new Scheduler();
constructing = false;

const statics = {
  /** @param {any} delay @returns {AbortSignal} one that is aborted when the time has passed */
  timeout(delay) {
    const context = requireCurrent();
    const controller = new NativeAbortController();
    startTimer(context, 'AbortSignal.timeout', delay, false, () => {
      controllerAbort(
        controller,
        new NativeDOMException('The operation was aborted due to timeout', 'TimeoutError'),
      );
    });
    return controllerSignal(controller);
  },
};

/** @param {any} scope the global object */
export function installScheduler(scope) {
  defineGlobal(scope, 'Scheduler', Scheduler);
  defineGlobal(scope, 'scheduler', scheduler);
  ObjectDefineProperty(NativeAbortSignal, 'timeout', {
    value: statics.timeout,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
