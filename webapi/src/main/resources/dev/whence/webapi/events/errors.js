// @ts-check
/**
 * Errors and rejections that nobody caught (workers-semantics.md, section 10), and `queueMicrotask`,
 * whose callbacks may throw such errors.
 */

import {
  drainMicrotasks,
  NativeTypeError,
  nodeRequire,
  ObjectDefineProperty,
  PromisePrototypeThen,
  PromiseResolve,
  ReflectApply,
  SafeWeakMap,
} from '../core/primordials.js';
import {
  current,
  currentFrame,
  enqueue,
  runInFrame,
  turnContext,
} from '../core/context.js';
import { promiseOwner } from '../core/following.js';
import { logError, logException, logWarning } from '../console/console.js';
import { textOf } from '../console/describe.js';
import { defineFunctions } from '../globals/define.js';
import { ErrorEvent, installEventClasses, PromiseRejectionEvent } from './event-classes.js';
import { dispatchGlobal, hasGlobalListeners, installGlobalTarget } from './global-target.js';

export { globalListeners } from './global-target.js';

const process = nodeRequire('node:process');

/**
 * An uncaught error: an `error` event, and a log line unless a listener prevents it.
 * @param {any} error
 */
function report(error) {
  if (hasGlobalListeners('error')) {
    const init = { message: textOf(error), error, cancelable: true };
    if (!dispatchGlobal(new ErrorEvent('error', init))) return;
  }
  logError(current(), error);
}

/** A listener of the global object threw (10.4). @param {any} error */
function reportListener(error) {
  logWarning(current(), 'Uncaught ' + textOf(error));
}

/**
 * An error that engine code threw on behalf of a worker where nobody could catch it: thrown by an
 * event listener, a finalizer or a process tick.
 * @param {any} error
 */
export function reportUncaught(error) {
  logException(current() ?? turnContext(), 'async', error);
}

/** Runs all that waits to run without the outside world; what fails is reported. */
export function drain() {
  for (;;) {
    try {
      drainMicrotasks();
      return;
    } catch (error) {
      reportUncaught(error);
    }
  }
}

/**
 * Dispatches a rejection event in a turn of the promise's request.
 * @param {string} type @param {any} promise @param {any} reason
 */
function dispatchRejection(type, promise, reason) {
  if (!hasGlobalListeners(type)) return;
  const owner = promiseOwner(promise) ?? null;
  const dispatch = () => {
    dispatchGlobal(new PromiseRejectionEvent(type, { promise, reason }));
  };
  if (owner === null) {
    runInFrame(undefined, dispatch);
    return;
  }
  if (owner.ended) return;
  // The engine restores the frame of the rejection, which may be another request's.
  const rejection = currentFrame();
  const frame = rejection !== undefined && rejection.context === owner ? rejection : owner.frame;
  if (turnContext() === owner) runInFrame(frame, dispatch);
  else enqueue(owner, () => runInFrame(frame, dispatch));
}

/**
 * The engine's event targets and streams throw what their listeners throw in a process tick. An
 * error that leaves a tick would upset the engine's own bookkeeping, so none does.
 */
function guardTicks() {
  const nextTick = process.nextTick;
  process.nextTick = (/** @type {any} */ callback, /** @type {any[]} */ ...args) => {
    if (typeof callback !== 'function') return ReflectApply(nextTick, process, [callback]);
    const run = () => {
      try {
        ReflectApply(callback, undefined, args);
      } catch (error) {
        reportUncaught(error);
      }
    };
    return ReflectApply(nextTick, process, [run]);
  };
}

/** Why promises that are reported as unhandled were rejected. @type {WeakMap<object, any>} */
const reasons = new SafeWeakMap();

/** What the engine tells its process, by event. @type {Record<string, (a: any, b: any) => void>} */
const handlers = {
  __proto__: /** @type {any} */ (null),
  unhandledRejection(reason, promise) {
    reasons.set(promise, reason);
    dispatchRejection('unhandledrejection', promise, reason);
  },
  rejectionHandled(promise) {
    const reason = reasons.get(promise);
    reasons.delete(promise);
    dispatchRejection('rejectionhandled', promise, reason);
  },
  uncaughtException(error) {
    reportUncaught(error);
  },
};

/**
 * Sees to it that no error ends the process. Not by listeners: the engine would call those through
 * `Function.prototype.apply`, which a worker may replace, with the process as an argument.
 */
function catchEverything() {
  const nativeEmit = process.emit;
  ObjectDefineProperty(process, 'emit', {
    value: (/** @type {any} */ type, /** @type {any} */ first, /** @type {any} */ second) => {
      // The engine's farewell: it would repeat it for as long as a worker's code throws there.
      if (type === 'beforeExit' || type === 'exit') return false;
      const handler = typeof type === 'string' ? handlers[type] : undefined;
      if (handler === undefined) return ReflectApply(nativeEmit, process, [type, first, second]);
      handler(first, second);
      return true;
    },
    writable: false,
    configurable: false,
  });
  guardTicks();
  // Node warns on the process's standard error.
  process.emitWarning = () => {};
}

const methods = {
  /** @param {any} error */
  reportError(error) {
    if (arguments.length === 0) {
      throw new NativeTypeError(
        "Failed to execute 'reportError' on 'ServiceWorkerGlobalScope': parameter 1 is required.",
      );
    }
    report(error);
  },
  /** @param {any} callback */
  queueMicrotask(callback) {
    if (typeof callback !== 'function') {
      throw new NativeTypeError(
        "Failed to execute 'queueMicrotask' on 'ServiceWorkerGlobalScope': " +
          "parameter 1 is not of type 'Function'.",
      );
    }
    PromisePrototypeThen(PromiseResolve(), () => {
      const context = current();
      if (context !== null && context.ended) return;
      try {
        ReflectApply(callback, undefined, []);
      } catch (error) {
        report(error);
      }
    });
  },
};
export const { queueMicrotask } = methods;

/** @param {any} scope the global object */
export function installErrors(scope) {
  installGlobalTarget(scope, reportListener);
  installEventClasses(scope);
  catchEverything();
  defineFunctions(scope, methods);
}
