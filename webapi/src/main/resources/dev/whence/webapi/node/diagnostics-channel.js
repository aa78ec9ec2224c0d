// @ts-check
/**
 * `node:diagnostics_channel` for a worker. Not the engine's, on whose channels its own objects pass.
 */

import {
  ArrayPrototypePush,
  ArrayPrototypeSplice,
  ArrayPrototypeIndexOf,
  ArrayPrototypeSlice,
  isPromise,
  NativeTypeError,
  PromisePrototypeThen,
  PromiseResolve,
  ReflectApply,
  SafeMap,
} from '../core/primordials.js';
import { reportUncaught } from '../events/errors.js';

/** @typedef {(message: any, name: string | symbol) => void} Subscriber */

/** A named stream of messages within the isolate. */
export class Channel {
  /** @type {Subscriber[]} */ #subscribers = [];
  /** @type {Map<any, (data: any) => any>} */ #stores = new SafeMap();

  /** @param {string | symbol} name */
  constructor(name) {
    this.name = name;
  }

  get hasSubscribers() {
    return this.#subscribers.length > 0 || this.#stores.size > 0;
  }

  /** @param {Subscriber} subscriber */
  subscribe(subscriber) {
    if (typeof subscriber !== 'function') {
      throw new NativeTypeError('The "subscription" argument must be of type function');
    }
    ArrayPrototypePush(this.#subscribers, subscriber);
  }

  /** @param {Subscriber} subscriber */
  unsubscribe(subscriber) {
    const at = ArrayPrototypeIndexOf(this.#subscribers, subscriber);
    if (at === -1) return false;
    ArrayPrototypeSplice(this.#subscribers, at, 1);
    return true;
  }

  /** @param {any} message */
  publish(message) {
    const subscribers = ArrayPrototypeSlice(this.#subscribers);
    for (let i = 0; i < subscribers.length; i++) {
      try {
        subscribers[i](message, this.name);
      } catch (error) {
        reportUncaught(error);
      }
    }
  }

  /** @param {any} store an AsyncLocalStorage @param {(data: any) => any} [transform] */
  bindStore(store, transform = (data) => data) {
    this.#stores.set(store, transform);
  }

  /** @param {any} store */
  unbindStore(store) {
    return this.#stores.delete(store);
  }

  /** @param {any} data @param {Function} fn @param {any} [receiver] @param {any[]} args */
  runStores(data, fn, receiver, ...args) {
    let run = () => {
      this.publish(data);
      return ReflectApply(fn, receiver, args);
    };
    this.#stores.forEach((transform, store) => {
      const inner = run;
      run = () => {
        let value;
        try {
          value = transform(data);
        } catch (error) {
          reportUncaught(error);
          return inner();
        }
        return store.run(value, inner);
      };
    });
    return run();
  }
}

/** @type {Map<string | symbol, Channel>} */
const channels = new SafeMap();

/** Forgets all channels, for a new instance of the worker. */
export function clearChannels() {
  channels.clear();
}

/** @param {any} name @returns {Channel} */
function channel(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new NativeTypeError('The "channel" argument must be one of type string or symbol');
  }
  let found = channels.get(name);
  if (found === undefined) {
    found = new Channel(name);
    channels.set(name, found);
  }
  return found;
}

/** The five channels that trace one operation. */
export class TracingChannel {
  /** @param {any} names a name, or an object with the channels */
  constructor(names) {
    for (const event of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) {
      /** @type {any} */ (this)[event] =
        typeof names === 'string' ? channel('tracing:' + names + ':' + event) : names[event];
    }
  }

  /** @param {any} handlers */
  subscribe(handlers) {
    for (const event of Object.keys(handlers)) {
      /** @type {any} */ (this)[event]?.subscribe(handlers[event]);
    }
  }

  /** @param {any} handlers */
  unsubscribe(handlers) {
    let all = true;
    for (const event of Object.keys(handlers)) {
      if (!(/** @type {any} */ (this)[event]?.unsubscribe(handlers[event]))) all = false;
    }
    return all;
  }

  /** @param {Function} fn @param {any} [data] @param {any} [receiver] @param {any[]} args */
  traceSync(fn, data = {}, receiver = undefined, ...args) {
    const { start, end, error } = /** @type {any} */ (this);
    return start.runStores(data, () => {
      try {
        data.result = ReflectApply(fn, receiver, args);
        return data.result;
      } catch (thrown) {
        data.error = thrown;
        error.publish(data);
        throw thrown;
      } finally {
        end.publish(data);
      }
    });
  }

  /** @param {Function} fn @param {any} [data] @param {any} [receiver] @param {any[]} args */
  tracePromise(fn, data = {}, receiver = undefined, ...args) {
    const { start, end, asyncStart, asyncEnd, error } = /** @type {any} */ (this);
    /** @param {string} key @param {any} value */
    const settle = (key, value) => {
      data[key] = value;
      if (key === 'error') error.publish(data);
      asyncStart.publish(data);
      asyncEnd.publish(data);
    };
    return start.runStores(data, () => {
      try {
        const result = ReflectApply(fn, receiver, args);
        const promise = isPromise(result) ? result : PromiseResolve(result);
        return PromisePrototypeThen(
          promise,
          (/** @type {any} */ value) => {
            settle('result', value);
            return value;
          },
          (/** @type {any} */ reason) => {
            settle('error', reason);
            throw reason;
          },
        );
      } catch (thrown) {
        data.error = thrown;
        error.publish(data);
        throw thrown;
      } finally {
        end.publish(data);
      }
    });
  }
}

/** Exports of `node:diagnostics_channel`. */
export function diagnosticsChannel() {
  return {
    Channel,
    channel,
    hasSubscribers: (/** @type {any} */ name) => channels.get(name)?.hasSubscribers ?? false,
    subscribe: (/** @type {any} */ name, /** @type {Subscriber} */ subscriber) =>
      channel(name).subscribe(subscriber),
    unsubscribe: (/** @type {any} */ name, /** @type {Subscriber} */ subscriber) =>
      channel(name).unsubscribe(subscriber),
    tracingChannel: (/** @type {any} */ names) => new TracingChannel(names),
  };
}
