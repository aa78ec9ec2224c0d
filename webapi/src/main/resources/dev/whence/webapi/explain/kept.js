// @ts-check
/**
 * Where the worker keeps a promise, a resolving function or an object with a body: starts the search
 * of store.js from the worker's modules and listeners.
 */

import {
  ArrayPrototypePush,
  bareArray,
  ObjectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
  SafeSet,
  SafeWeakMap,
  StringPrototypeStartsWith,
} from '../core/primordials.js';
import { globalListeners } from '../events/global-target.js';
import { isRequest, requestState } from '../fetch/request.js';
import { isResponse, responseState } from '../fetch/response.js';
import { authorSite } from '../modules/positions.js';
import { describeStore, findStore } from './store.js';

/**
 * How often the inspector may be asked: each time takes about a millisecond, during which the
 * isolate serves nobody.
 */
const INSPECTIONS = 40;

/**
 * What the engine offers to look with; without it nothing is found.
 * @typedef {object} Doors
 * @property {(value: any) => any} inspect
 * @property {() => Array<{file: string, namespace: any}>} modules
 */

/** @type {Doors | null} */
let doors = null;
/** What every worker finds in its global scope. @type {Set<any>} */
const builtIns = new SafeSet();

/**
 * To be called when the globals are in place, before worker code runs.
 * @param {Partial<Doors>} host @param {any} scope the global object
 */
export function connectKept(host, scope) {
  if (host.inspect === undefined || host.modules === undefined) return;
  doors = /** @type {Doors} */ (host);
  const names = ReflectOwnKeys(scope);
  for (let i = 0; i < names.length; i++) {
    const value = valueOf(scope, names[i]);
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
    builtIns.add(value);
    if (typeof value === 'function') builtIns.add(valueOf(value, 'prototype'));
  }
  builtIns.delete(scope);
  builtIns.add(Function.prototype);
}

/** @param {any} object @param {PropertyKey} name */
function valueOf(object, name) {
  const descriptor = ObjectGetOwnPropertyDescriptor(object, name);
  return descriptor === undefined ? undefined : descriptor.value;
}

const options = {
  inspections: INSPECTIONS,
  skip: (/** @type {any} */ value) => builtIns.has(value),
  alias: bodyOf,
  /** @param {import('./store.js').Site} site */
  fileName: ({ file, line, column }) => (line === 0 ? file : authorSite(file, line, column).file),
};

/** The body of a request or response, which is told apart from its object. @param {any} value */
function bodyOf(value) {
  if (isResponse(value)) return responseState(value).body;
  if (isRequest(value)) return requestState(value).body;
  return undefined;
}

/**
 * Where the nearest of some values is kept.
 * @param {any[]} targets
 * @returns {string | null} null when it was not found within the bounds
 */
export function keptAt(targets) {
  if (doors === null) return null;
  const known = found.get(targets[0]);
  if (known !== undefined) return known;
  const path = findStore(targets, roots(doors), doors.inspect, options);
  if (path === null) return null;
  const text = describeStore(path);
  found.set(targets[0], text);
  return text;
}

/** Where things were found: many requests may hang on one promise. @type {WeakMap<object, string>} */
const found = new SafeWeakMap();

/** @param {Doors} from @returns {import('./store.js').Root[]} */
function roots(from) {
  /** @type {import('./store.js').Root[]} */
  const starts = bareArray();
  const modules = from.modules();
  for (let i = 0; i < modules.length; i++) {
    const { file, namespace } = modules[i];
    if (StringPrototypeStartsWith(file, 'whence:') || StringPrototypeStartsWith(file, 'node:')) continue;
    ArrayPrototypePush(starts, { kind: 'module', file, value: namespace });
  }
  const events = ['fetch', 'scheduled'];
  for (let i = 0; i < events.length; i++) {
    const listeners = globalListeners(events[i]);
    for (let j = 0; j < listeners.length; j++) {
      ArrayPrototypePush(starts, { kind: 'handler', name: events[i], value: listeners[j], file: '' });
    }
  }
  ArrayPrototypePush(starts, { kind: 'scope', value: globalThis });
  return starts;
}
