// @ts-check
/**
 * Calls the worker's handlers and sees to their results (workers-semantics.md, section 11).
 */

import {
  isPromise,
  NativeError,
  NativeTypeError,
  ObjectDefineProperty,
  PromisePrototypeThen,
  PromiseResolve,
  ReflectApply,
} from './primordials.js';
import { enqueue, requireCurrent, turnContext } from './context.js';
import { deliversSettlements } from './following.js';
import { ILLEGAL_INVOCATION, NO_FETCH_HANDLER } from './messages.js';
import { emit } from './outbox.js';
import { own } from './promises.js';
import { forgetBackground, noteBackground } from './provenance.js';
import { deliverResponse, handlerFailed } from '../fetch/index.js';
import { logException } from '../console/console.js';
import { FetchEvent, isPrevented, ScheduledEvent, takeRespondWith } from '../events/fetch-event.js';
import { globalListeners } from '../events/errors.js';

/** @typedef {import('./context.js').Context} Context */

/**
 * The worker's default export, or null for the service-worker format.
 * @type {{entry: any, env: any}}
 */
const worker = { entry: null, env: null };

/** @param {any} entry @param {any} env */
export function setWorker(entry, env) {
  worker.entry = entry;
  worker.env = env;
}

/** Which events the worker has handlers for. */
export function handledEvents() {
  const { entry } = worker;
  /** @param {string} name */
  const handles = (name) =>
    entry === null ? globalListeners(name).length > 0 : typeof entryMember(name) === 'function';
  return { fetch: handles('fetch'), scheduled: handles('scheduled') };
}

/** @param {string} name */
function entryMember(name) {
  const { entry } = worker;
  if (entry === null || entry === undefined) return undefined;
  if (typeof entry === 'function') return entry.prototype?.[name];
  return entry[name];
}

/**
 * `this` and arguments of a handler call: an object's method, or a new instance of an entrypoint
 * class (which gets ctx and env in its constructor).
 * @param {string} name @param {any} event @param {any} ctx
 */
function callEntry(name, event, ctx) {
  const { entry, env } = worker;
  if (typeof entry === 'function') {
    const instance = new entry(ctx, env);
    return instance[name](event, env, ctx);
  }
  return entry[name](event, env, ctx);
}

/** The third argument of a module's handlers. */
export class ExecutionContext {
  #brand = true;

  /** @param {Promise<any>} promise */
  waitUntil(promise) {
    if (this === null || typeof this !== 'object' || !(#brand in this)) {
      throw new NativeTypeError(ILLEGAL_INVOCATION);
    }
    if (arguments.length === 0) {
      throw new NativeTypeError(
        "Failed to execute 'waitUntil' on 'ExecutionContext': parameter 1 is not of type 'Promise'.",
      );
    }
    waitUntil(promise);
  }

  passThroughOnException() {
    if (this === null || typeof this !== 'object' || !(#brand in this)) {
      throw new NativeTypeError(ILLEGAL_INVOCATION);
    }
    passThroughOnException();
  }
}
ObjectDefineProperty(ExecutionContext.prototype, 'props', {
  get: () => ({}),
  enumerable: true,
  configurable: true,
});

/** Keeps the current request alive until the promise settles (1.5, 1.9, 6.4). @param {any} promise */
export function waitUntil(promise) {
  const context = requireCurrent();
  if (context.ended) return;
  const done = () => {
    if (context.ended) return;
    forgetBackground(context, promise);
    context.waitUntil--;
    emit('w\0' + context.id + '\0' + context.waitUntil + '\0');
  };
  // First, as it throws what a getter of the promise's `constructor` throws.
  PromisePrototypeThen(own(PromiseResolve(promise)), done, (/** @type {any} */ error) => {
    if (!context.ended) logException(context, 'async', error);
    done();
  });
  context.waitUntil++;
  if (isPromise(promise)) noteBackground(context, promise);
  emit('w\0' + context.id + '\0' + context.waitUntil + '\0');
}

/** Asks that a failure forwards the original request (11.8). */
export function passThroughOnException() {
  const context = requireCurrent();
  if (!context.ended) emit('o\0' + context.id + '\0');
}

/** Runs the fetch handler for a request. @param {Context} context @param {any} request */
export function handleFetch(context, request) {
  let result;
  try {
    result = worker.entry === null ? dispatchFetchEvent(context, request) : callFetch(request);
  } catch (error) {
    fail(context, error);
    return;
  }
  if (result === FORWARD) {
    context.answered = true;
    emit('v\0' + context.id + '\0');
    return;
  }
  if (result === CLOSE) {
    context.answered = true;
    emit('V\0' + context.id + '\0');
    return;
  }
  follow(context, result, (value) => deliverResponse(context, value));
}

/** @param {any} request */
function callFetch(request) {
  if (typeof entryMember('fetch') !== 'function') throw new NativeError(NO_FETCH_HANDLER);
  return callEntry('fetch', request, new ExecutionContext());
}

/** Nobody answered: the original request goes on to where its URL points. */
const FORWARD = {};
/** Nobody answered, and the default was prevented (11.7). */
const CLOSE = {};

/** @param {Context} context @param {any} request */
function dispatchFetchEvent(context, request) {
  const event = new FetchEvent('fetch', { request });
  context.handle = event;
  const listeners = globalListeners('fetch');
  for (let i = 0; i < listeners.length; i++) ReflectApply(listeners[i], globalThis, [event]);
  const response = takeRespondWith(event);
  if (response !== undefined) return response.promise;
  return isPrevented(event) ? CLOSE : FORWARD;
}

/** Runs the scheduled handler. @param {Context} context @param {string} cron @param {number} time */
export function handleScheduled(context, cron, time) {
  let result;
  try {
    result = worker.entry === null ? dispatchScheduled(cron, time) : callScheduled(cron, time);
  } catch (error) {
    fail(context, error);
    return;
  }
  follow(context, result, () => {
    context.answered = true;
    emit('d\0' + context.id + '\0');
  });
}

/** @param {string} cron @param {number} scheduledTime */
function callScheduled(cron, scheduledTime) {
  if (typeof entryMember('scheduled') !== 'function') {
    throw new NativeError('Handler does not export a scheduled() function.');
  }
  return callEntry('scheduled', { scheduledTime, cron, noRetry() {} }, new ExecutionContext());
}

/** @param {string} cron @param {number} scheduledTime */
function dispatchScheduled(cron, scheduledTime) {
  const event = new ScheduledEvent('scheduled', { cron, scheduledTime });
  const listeners = globalListeners('scheduled');
  for (let i = 0; i < listeners.length; i++) ReflectApply(listeners[i], globalThis, [event]);
  return undefined;
}

/**
 * Follows a handler's result to its end, which must come in a turn of its own request.
 * @param {Context} context
 * @param {any} result
 * @param {(value: any) => void} deliver
 */
function follow(context, result, deliver) {
  /** @param {() => void} settle */
  const inOwnTurn = (settle) => {
    if (context.ended || context.answered) return;
    if (turnContext() === context) settle();
    else if (deliversSettlements()) enqueue(context, settle);
    // Rules 3.5 and 4.10: the answer was made in another request's turn and cannot be delivered.
    else emit('z\0' + context.id + '\0');
  };
  /** @param {any} value */
  const deliverOrFail = (value) => {
    try {
      deliver(value);
    } catch (error) {
      fail(context, error);
    }
  };
  try {
    const promise = PromiseResolve(result);
    context.result = promise;
    PromisePrototypeThen(
      own(promise),
      (/** @type {any} */ value) => inOwnTurn(() => deliverOrFail(value)),
      (/** @type {any} */ error) => inOwnTurn(() => fail(context, error)),
    );
  } catch (error) {
    // The engine asks a promise for its `constructor`, which may be a getter of the worker's.
    fail(context, error);
  }
}

/** The handler failed: no answer will come from it (11.2, 11.3). @param {Context} context @param {any} error */
function fail(context, error) {
  if (context.ended || context.answered) return;
  context.answered = true;
  logException(context, 'handler', error);
  emit('h\0' + context.id + '\0');
  handlerFailed(context);
}
