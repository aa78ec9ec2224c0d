// @ts-check
/**
 * Timers of a worker (workers-semantics.md, section 8).
 *
 * The host keeps time: it is told of each timer, orders them, and answers with a turn. Here are the
 * callbacks, kept per request, so that a request reaches its own timers only and loses them when it
 * ends.
 */

import {
  MathTrunc,
  NativeDOMException,
  NativeError,
  NativeNumber,
  NativeTypeError,
  ReflectApply,
  SafeMap,
} from '../core/primordials.js';
import { current, currentFrame, requireCurrent, runInFrame, whenEnded } from '../core/context.js';
import { GLOBAL_SCOPE } from '../core/messages.js';
import { emit } from '../core/outbox.js';
import { forgetWork, noteWork } from '../core/provenance.js';
import { defineFunctions } from '../globals/define.js';
import { logException } from '../console/console.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('../core/context.js').Frame} Frame */

/**
 * @typedef {object} Timer
 * @property {Frame} frame of the call that started it
 * @property {() => void} run
 * @property {number} delay in milliseconds
 * @property {string} name of the function that started it
 * @property {boolean} repeats
 */

/** The timers of one request. */
export class Timers {
  constructor() {
    /** @type {Map<number, Timer>} */
    this.active = new SafeMap();
    /** How many are done. */
    this.finished = 0;
  }
}

/** 100 years, in milliseconds (8.1). */
const LONGEST_DELAY = 3153600000000;

let lastId = 0;

/** Counts timers from the beginning, for a new instance of the worker. */
export function resetTimerIds() {
  lastId = 0;
}

/** How many timers a request may have at a time. */
let most = 10000;
/** What callbacks get as `this`. @type {any} */
let receiver;

/** The delay that a given value means, in whole milliseconds (8.1). @param {any} value */
function delayOf(value) {
  const delay = MathTrunc(NativeNumber(value));
  // Also when it is not a number.
  if (!(delay > 0)) return 0;
  return delay > LONGEST_DELAY ? LONGEST_DELAY : delay;
}

/**
 * Starts a timer of a request.
 * @param {Context} context the current one
 * @param {string} name of the function that a worker called
 * @param {any} wait milliseconds, as the worker gave them
 * @param {boolean} repeats
 * @param {() => void} run called in the current frame, each time the timer is due
 * @returns {number} its id
 */
export function startTimer(context, name, wait, repeats, run) {
  const delay = delayOf(wait);
  // Code of an ended request that is still on the stack.
  if (context.ended) return ++lastId;
  let timers = context.timers;
  if (timers === null) {
    timers = context.timers = new Timers();
    whenEnded(context, () => {
      context.timers = null;
    });
  }
  if (timers.active.size >= most) {
    throw new NativeDOMException(
      'You have exceeded the number of active timeouts you may set. max active timeouts: ' + most +
        ', current active timeouts: ' + timers.active.size +
        ', finished timeouts: ' + timers.finished,
      'QuotaExceededError',
    );
  }
  const id = ++lastId;
  const frame = /** @type {Frame} */ (currentFrame());
  timers.active.set(id, { frame, run, delay, repeats, name });
  noteWork(context, timerKey(id));
  announce(context, id, delay, name);
  return id;
}

/** Under which a timer's site is kept. @param {number} id */
const timerKey = (id) => 't' + id;

/** @param {Context} context @param {number} id @param {number} delay @param {string} name */
function announce(context, id, delay, name) {
  emit('t\0' + context.id + '\0' + id + '\0' + delay + '\0' + name + '\0');
}

/** Stops a timer of a request, if it has such a one. @param {Context} context @param {number} id */
export function stopTimer(context, id) {
  const timers = context.timers;
  if (timers === null || context.ended || !timers.active.delete(id)) return;
  forgetWork(context, timerKey(id));
  emit('u\0' + id + '\0');
}

/** Runs a timer that is due. @param {Context} context @param {number} id */
export function fireTimer(context, id) {
  const timers = context.timers;
  const timer = timers === null ? undefined : timers.active.get(id);
  if (timers === null || timer === undefined) return;
  if (!timer.repeats) {
    timers.active.delete(id);
    timers.finished++;
    forgetWork(context, timerKey(id));
  }
  runInFrame(timer.frame, timer.run);
  if (timer.repeats && !context.ended && timers.active.get(id) === timer) {
    announce(context, id, timer.delay, timer.name);
  }
}

/**
 * A worker's callback made safe to run: what it throws is logged (8.7).
 * @param {Context} context @param {Function} callback @param {any[]} args
 */
function guarded(context, callback, args) {
  return () => {
    try {
      ReflectApply(callback, receiver, args);
    } catch (error) {
      logException(context, 'async', error);
    }
  };
}

/** @param {IArguments} all @returns {any[]} those after the first two */
function extraArguments(all) {
  /** @type {any[]} */
  const extra = [];
  for (let i = 2; i < all.length; i++) extra[i - 2] = all[i];
  return extra;
}

/**
 * @param {string} name @param {boolean} repeats @param {any} callback @param {any} wait
 * @param {any[]} args
 */
function start(name, repeats, callback, wait, args) {
  if (typeof callback !== 'function') {
    throw new NativeTypeError(
      "Failed to execute '" + name +
        "' on 'ServiceWorkerGlobalScope': parameter 1 is not of type 'function'.",
    );
  }
  const context = requireCurrent();
  return startTimer(context, name, wait, repeats, guarded(context, callback, args));
}

/** @param {any} id */
function clear(id) {
  if (id === undefined || id === null) return;
  const context = current();
  const type = typeof id;
  if (type !== 'number' && type !== 'string') return;
  if (context === null) throw new NativeError(GLOBAL_SCOPE);
  stopTimer(context, NativeNumber(id));
}

const methods = {
  /** @param {any} callback @param {any} [delay] */
  setTimeout(callback, delay) {
    return start('setTimeout', false, callback, delay, extraArguments(arguments));
  },
  /** @param {any} callback @param {any} [delay] */
  setInterval(callback, delay) {
    return start('setInterval', true, callback, delay, extraArguments(arguments));
  },
  /** @param {any} id */
  clearTimeout(id) {
    clear(id);
  },
  /** @param {any} id */
  clearInterval(id) {
    clear(id);
  },
};
export const { setTimeout, setInterval, clearTimeout, clearInterval } = methods;

/**
 * @param {any} scope the global object
 * @param {{timers?: number}} settings `timers` is how many a request may have at a time
 */
export function installTimers(scope, settings) {
  receiver = scope;
  if (settings.timers !== undefined) most = settings.timers;
  defineFunctions(scope, methods);
}
