// @ts-check
/**
 * Events of the service-worker format (workers-semantics.md, 11.6 and 11.7).
 */

import {
  isPromise,
  NativeDOMException,
  NativeTypeError,
  ObjectDefineProperty,
  PromiseResolve,
  uncurryGetter,
} from '../core/primordials.js';
import { passThroughOnException, waitUntil } from '../core/handlers.js';
import { isResponse } from '../fetch/index.js';

const NativeEvent = globalThis.Event;

/** An event whose handling may be extended by promises. */
export class ExtendableEvent extends NativeEvent {
  /** @param {Promise<any>} promise */
  waitUntil(promise) {
    if (arguments.length === 0) {
      throw new NativeTypeError(
        "Failed to execute 'waitUntil' on 'ExtendableEvent': parameter 1 is not of type 'Promise'.",
      );
    }
    waitUntil(promise);
  }

  passThroughOnException() {
    passThroughOnException();
  }
}

/** A request that waits for `respondWith`. */
export class FetchEvent extends ExtendableEvent {
  /** @type {any} */ #request;
  /** @type {{promise: any} | undefined} */ #response;
  #closed = false;

  /** @param {string} type @param {{request?: any}} [init] */
  constructor(type, init) {
    super(type, { cancelable: true });
    this.#request = init?.request;
  }

  get request() {
    return this.#request;
  }

  /** @param {any} response a Response or a promise of one */
  respondWith(response) {
    if (!isPromise(response) && !isResponse(response) && typeof response?.then !== 'function') {
      throw new NativeTypeError(
        "Failed to execute 'respondWith' on 'FetchEvent': parameter 1 is not of type 'Promise'.",
      );
    }
    if (this.#response !== undefined) {
      throw new NativeDOMException(
        'FetchEvent.respondWith() has already been called; it can only be called once.',
        'InvalidStateError',
      );
    }
    // Nobody answered in time, so the default was chosen already (11.6).
    if (this.#closed) return;
    this.#response = { promise: isPromise(response) ? response : PromiseResolve(response) };
  }

  /** The answer given while the listeners ran, if any. @param {FetchEvent} event */
  static take(event) {
    event.#closed = true;
    return event.#response;
  }
}

/** Ends the time for `respondWith` and returns what it was given. @type {(event: FetchEvent) => {promise: any} | undefined} */
export const takeRespondWith = FetchEvent.take;
/** Whether a listener called `preventDefault`. @type {(event: FetchEvent) => boolean} */
export const isPrevented = uncurryGetter(NativeEvent.prototype, 'defaultPrevented');
Reflect.deleteProperty(FetchEvent, 'take');

/** A cron trigger. */
export class ScheduledEvent extends ExtendableEvent {
  #cron;
  #scheduledTime;

  /** @param {string} type @param {{cron: string, scheduledTime: number}} init */
  constructor(type, init) {
    super(type);
    this.#cron = init.cron;
    this.#scheduledTime = init.scheduledTime;
  }

  get cron() {
    return this.#cron;
  }

  get scheduledTime() {
    return this.#scheduledTime;
  }

  noRetry() {}
}
for (const name of ['cron', 'scheduledTime']) {
  const descriptor = /** @type {PropertyDescriptor} */ (
    Object.getOwnPropertyDescriptor(ScheduledEvent.prototype, name)
  );
  ObjectDefineProperty(ScheduledEvent.prototype, name, { ...descriptor, enumerable: true });
}
