// @ts-check
/**
 * The global object as an event target. It cannot be one of the engine's, so its listeners are kept
 * here; they belong to the isolate, and run for whoever dispatches.
 */

import {
  ArrayPrototypePush,
  ArrayPrototypeSlice,
  ArrayPrototypeSplice,
  NativeDOMException,
  NativeTypeError,
  ReflectApply,
  SafeMap,
  uncurryGetter,
  uncurryThis,
} from '../core/primordials.js';
import { defineFunctions } from '../globals/define.js';

/** @typedef {{callback: any, capture: boolean, once: boolean, removed: boolean}} Listener */

const NativeEvent = globalThis.Event;
const eventType = uncurryGetter(NativeEvent.prototype, 'type');
const eventPrevented = uncurryGetter(NativeEvent.prototype, 'defaultPrevented');
const signalAborted = uncurryGetter(AbortSignal.prototype, 'aborted');
const nativeAddEventListener = uncurryThis(EventTarget.prototype.addEventListener);

/** The engine keeps the state of a dispatch under symbols of its own. @type {any} */
const slots = {};
{
  const probe = new NativeEvent('probe');
  probe.stopImmediatePropagation();
  const symbols = Object.getOwnPropertySymbols(probe);
  for (const symbol of symbols) slots[String(symbol.description)] = symbol;
  for (const name of ['kTarget', 'kIsBeingDispatched', 'kStop']) {
    if (slots[name] === undefined) throw new Error('the engine keeps no ' + name + ' in an event');
  }
}
const { kTarget, kIsBeingDispatched, kStop } = slots;

/** @type {Map<string, Listener[]>} */
const listeners = new SafeMap();

/** Called with what a listener throws. @type {(error: any) => void} */
let onError = () => {};
/** @type {any} */
let globalObject;

/**
 * @param {Listener[]} list @param {any} callback @param {boolean} capture
 * @returns {number} its index, or -1
 */
function find(list, callback, capture) {
  for (let i = 0; i < list.length; i++) {
    if (list[i].callback === callback && list[i].capture === capture) return i;
  }
  return -1;
}

/** @param {any} options @returns {boolean} */
function captureOf(options) {
  return typeof options === 'object' && options !== null ? !!options.capture : !!options;
}

/** @param {string} type @param {any} callback @param {boolean} capture */
function remove(type, callback, capture) {
  const list = listeners.get(type);
  if (list === undefined) return;
  const at = find(list, callback, capture);
  if (at === -1) return;
  list[at].removed = true;
  ArrayPrototypeSplice(list, at, 1);
}

/** @param {Listener} listener @param {any} event */
function call(listener, event) {
  const { callback } = listener;
  if (typeof callback === 'function') ReflectApply(callback, globalObject, [event]);
  else ReflectApply(callback.handleEvent, callback, [event]);
}

/**
 * Dispatches an event at the global object.
 * @param {any} event
 * @returns {boolean} false when a listener prevented the default
 */
export function dispatchGlobal(event) {
  const type = eventType(event);
  if (event[kIsBeingDispatched]) {
    throw new NativeDOMException('The event is already being dispatched', 'InvalidStateError');
  }
  event[kTarget] = globalObject;
  event[kIsBeingDispatched] = true;
  const current = listeners.get(type);
  const list = current === undefined ? [] : ArrayPrototypeSlice(current);
  for (let i = 0; i < list.length && event[kStop] !== true; i++) {
    const listener = list[i];
    if (listener.removed) continue;
    if (listener.once) remove(type, listener.callback, listener.capture);
    try {
      call(listener, event);
    } catch (error) {
      onError(error);
    }
  }
  event[kIsBeingDispatched] = false;
  return !eventPrevented(event);
}

/**
 * The functions that listen to a type of event now, in order.
 * @param {string} type
 * @returns {Array<(event: any) => void>}
 */
export function globalListeners(type) {
  const list = listeners.get(type);
  /** @type {Array<(event: any) => void>} */
  const functions = [];
  if (list !== undefined) {
    for (let i = 0; i < list.length; i++) {
      const listener = list[i];
      ArrayPrototypePush(functions, (/** @type {any} */ event) => call(listener, event));
    }
  }
  return functions;
}

/** Forgets all listeners, for a new instance of the worker. */
export function clearGlobalListeners() {
  listeners.clear();
}

/** @param {string} type */
export function hasGlobalListeners(type) {
  const list = listeners.get(type);
  return list !== undefined && list.length > 0;
}

const methods = {
  /** @param {any} type @param {any} callback @param {any} [options] */
  addEventListener(type, callback, options) {
    const name = `${type}`;
    const capture = captureOf(options);
    const isObject = typeof options === 'object' && options !== null;
    const once = isObject && !!options.once;
    const signal = isObject ? options.signal : undefined;
    if (callback === null || callback === undefined) return;
    if (typeof callback !== 'function' && typeof callback !== 'object') {
      throw new NativeTypeError(
        "Failed to execute 'addEventListener' on 'EventTarget': parameter 2 is not of type 'Object'.",
      );
    }
    if (signal !== undefined) {
      if (signalAborted(signal)) return;
      nativeAddEventListener(signal, 'abort', () => remove(name, callback, capture));
    }
    let list = listeners.get(name);
    if (list === undefined) {
      list = [];
      listeners.set(name, list);
    }
    if (find(list, callback, capture) !== -1) return;
    ArrayPrototypePush(list, { callback, capture, once, removed: false });
  },
  /** @param {any} type @param {any} callback @param {any} [options] */
  removeEventListener(type, callback, options) {
    remove(`${type}`, callback, captureOf(options));
  },
  /** @param {any} event @returns {boolean} */
  dispatchEvent(event) {
    return dispatchGlobal(event);
  },
};

/**
 * @param {any} scope the global object
 * @param {(error: any) => void} report called with what a listener throws
 */
export function installGlobalTarget(scope, report) {
  globalObject = scope;
  onError = report;
  defineFunctions(scope, methods);
}
