// @ts-check
/**
 * What a worker can change beyond its own modules, remembered and put back: every object that is
 * reachable from the global object, with its properties, prototype and extensibility.
 *
 * The schedule explorer runs one instance of a worker after another in one realm. It may do so
 * because this finds whatever an instance left behind; what cannot be put back is told, and costs
 * the realm. State that no property shows (listeners, caches, counters) is reset in renewal.js.
 */

import {
  ArrayBufferIsView,
  bareArray,
  isProxy,
  NativeString,
  ObjectSetPrototypeOf,
  RegExpPrototypeExec,
  SafeMap,
} from './primordials.js';

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { isExtensible, ownKeys, setPrototypeOf } = Reflect;
const { is, getOwnPropertyNames } = Object;

/**
 * @typedef {object} Memory
 * @property {any} prototype
 * @property {boolean} extensible
 * @property {Array<string | symbol>} keys
 * @property {PropertyDescriptor[]} descriptors
 */

/** Every object by identity, in the order it was found. @type {Map<object, Memory>} */
const memories = new SafeMap();
/** How each object was reached, for messages. @type {Map<object, string>} */
const paths = new SafeMap();
/** Objects that are looked at after every instance. @type {object[]} */
const hot = bareArray();

/** @param {any} value */
function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Own keys; those of the elements of a typed array are not looked at. @param {any} object */
function keysOf(object) {
  const keys = ownKeys(object);
  if (!ArrayBufferIsView(object)) return keys;
  /** @type {Array<string | symbol>} */
  const named = bareArray();
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (typeof key === 'symbol' || RegExpPrototypeExec(/^\d+$/, key) === null) named[named.length] = key;
  }
  return named;
}

/** A property, in a form that nothing is inherited by. @param {any} object @param {string | symbol} key */
function propertyOf(object, key) {
  const descriptor = getOwnPropertyDescriptor(object, key);
  return descriptor === undefined ? undefined : ObjectSetPrototypeOf(descriptor, null);
}

/** Prototypes that no property leads to. */
function hiddenIntrinsics() {
  const text = '';
  return [
    async function () {},
    function* () {},
    async function* () {},
    (async () => {})(),
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    text[Symbol.iterator](),
    text.matchAll(/x/g),
    Iterator.from({ next: () => ({ done: true, value: undefined }) }),
    [].values().map((x) => x),
    (function* () {})(),
    (async function* () {})(),
    new Int8Array(0),
    new Proxy({}, {}),
    Object(Symbol.iterator),
    Object(0n),
  ];
}

/**
 * Remembers the realm as it is now.
 * @param {any} scope the global object
 * @param {any[]} roots further objects that a worker can reach
 */
export function rememberRealm(scope, roots) {
  memories.clear();
  paths.clear();
  hot.length = 0;
  // What is made on first use is made now: that is no change of the worker's.
  const names = getOwnPropertyNames(scope);
  for (let i = 0; i < names.length; i++) void scope[names[i]];
  /** @type {Array<[any, string]>} */
  const open = [[scope, 'globalThis']];
  const hidden = hiddenIntrinsics();
  for (let i = 0; i < hidden.length; i++) open[open.length] = [getPrototypeOf(hidden[i]), '(intrinsic ' + i + ')'];
  for (let i = 0; i < roots.length; i++) open[open.length] = [roots[i], '(module ' + i + ')'];
  while (open.length > 0) {
    const [object, path] = /** @type {[any, string]} */ (open.pop());
    if (!isObject(object) || memories.has(object) || isProxy(object)) continue;
    const keys = keysOf(object);
    /** @type {PropertyDescriptor[]} */
    const descriptors = [];
    const prototype = getPrototypeOf(object);
    for (let i = 0; i < keys.length; i++) {
      const descriptor = /** @type {PropertyDescriptor} */ (propertyOf(object, keys[i]));
      descriptors[i] = descriptor;
      const name = path + '.' + NativeString(keys[i]);
      open[open.length] = [descriptor.value, name];
      open[open.length] = [descriptor.get, name];
      open[open.length] = [descriptor.set, name];
    }
    open[open.length] = [prototype, path + '.[[Prototype]]'];
    memories.set(object, { prototype, extensible: isExtensible(object), keys, descriptors });
    paths.set(object, path);
  }
  hot[0] = scope;
  return memories.size;
}

/** What the last look found: a line for each change. */
let repaired = '';
let lost = '';

/** @param {any} object @param {string | symbol} what @param {boolean} isRepaired */
function note(object, what, isRepaired) {
  const line = (paths.get(object) ?? '') + ' ' + NativeString(what) + '\n';
  if (isRepaired) repaired += '+' + line;
  else lost += '-' + line;
}

/** @param {PropertyDescriptor} one @param {PropertyDescriptor} other */
function isSame(one, other) {
  return (
    is(one.value, other.value) &&
    one.get === other.get &&
    one.set === other.set &&
    one.writable === other.writable &&
    one.enumerable === other.enumerable &&
    one.configurable === other.configurable
  );
}

/** Puts one object back. @param {any} object @param {Memory} memory @returns {boolean} whether it was as remembered */
function restore(object, memory) {
  let isClean = true;
  if (getPrototypeOf(object) !== memory.prototype) {
    note(object, '[[Prototype]]', setPrototypeOf(object, memory.prototype));
    isClean = false;
  }
  if (isExtensible(object) !== memory.extensible) {
    note(object, '(closed)', false);
    isClean = false;
  }
  const { keys, descriptors } = memory;
  const found = keysOf(object);
  if (!isSameList(found, keys)) {
    isClean = false;
    for (let i = 0; i < found.length; i++) {
      if (!contains(keys, found[i])) {
        note(object, found[i], deleteProperty(object, found[i]));
      }
    }
    // A property that comes back is last in order, which a worker can see.
    if (!isSameList(keysOf(object), keys)) note(object, '(order)', false);
  }
  for (let i = 0; i < keys.length; i++) {
    // What it may inherit from a patched prototype makes it look changed: it is put back in vain.
    const now = getOwnPropertyDescriptor(object, keys[i]);
    if (now === undefined || !isSame(now, descriptors[i])) {
      note(object, keys[i], defineProperty(object, keys[i], descriptors[i]));
      isClean = false;
    }
  }
  return isClean;
}

/** @param {Array<string | symbol>} one @param {Array<string | symbol>} other */
function isSameList(one, other) {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** @param {Array<string | symbol>} list @param {string | symbol} key */
function contains(list, key) {
  for (let i = 0; i < list.length; i++) if (list[i] === key) return true;
  return false;
}

/**
 * Puts back the global object and whatever was found changed before.
 * @returns {string} what could not be, a line each that begins with a minus
 */
export function restoreHot() {
  repaired = '';
  lost = '';
  for (let i = 0; i < hot.length; i++) restore(hot[i], /** @type {Memory} */ (memories.get(hot[i])));
  return lost;
}

/**
 * Looks at the whole realm and puts it back.
 * @returns {string} what had changed beside the objects that are looked at anyway, a line each that
 *   begins with a plus, then what cannot be put back, with a minus
 */
export function restoreRealm() {
  restoreHot();
  repaired = '';
  lost = '';
  memories.forEach((memory, object) => {
    if (!restore(object, memory)) hot[hot.length] = object;
  });
  return repaired + lost;
}
