// @ts-check
/**
 * Runs code of the engine that relies on the built-ins being as they were.
 *
 * Some of the engine's classes store to fields that `Object.prototype` may have setters for, or go
 * through `Function.prototype.call`. What a worker put there would get hold of native handles, with
 * which it could crash the process. So for the time of the call, which runs no code of the worker's,
 * the built-ins are put back in their first state.
 */

import {
  NativeTypeError,
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ObjectSetPrototypeOf,
  ReflectOwnKeys,
} from '../core/primordials.js';

const { deleteProperty } = Reflect;

/** @typedef {{holder: object, key: PropertyKey, descriptor: PropertyDescriptor | undefined, next: Saved | null}} Saved */

/** @param {object} holder @param {PropertyKey} key */
function describe(holder, key) {
  const descriptor = ObjectGetOwnPropertyDescriptor(holder, key);
  if (descriptor !== undefined) ObjectSetPrototypeOf(descriptor, null);
  return descriptor;
}

/** One prototype as it was. */
class Snapshot {
  /** @param {object} holder */
  constructor(holder) {
    this.holder = holder;
    /** @type {Saved | null} */
    this.first = null;
    /** @type {Record<PropertyKey, boolean>} */
    this.known = /** @type {any} */ ({ __proto__: null });
    const keys = ReflectOwnKeys(holder);
    for (let i = 0; i < keys.length; i++) {
      this.known[keys[i]] = true;
      this.first = { holder, key: keys[i], descriptor: describe(holder, keys[i]), next: this.first };
    }
  }

  /** Undoes all changes, and notes what brings them back. @param {{first: Saved | null}} undo */
  restore(undo) {
    const holder = this.holder;
    const keys = ReflectOwnKeys(holder);
    for (let i = 0; i < keys.length; i++) {
      if (this.known[keys[i]]) continue;
      const change = { holder, key: keys[i], descriptor: describe(holder, keys[i]), next: undo.first };
      if (!deleteProperty(holder, keys[i])) refuse();
      undo.first = change;
    }
    for (let saved = this.first; saved !== null; saved = saved.next) {
      const now = describe(holder, saved.key);
      if (isSame(now, /** @type {PropertyDescriptor} */ (saved.descriptor))) continue;
      put(saved);
      undo.first = { holder, key: saved.key, descriptor: now, next: undo.first };
    }
  }
}
ObjectSetPrototypeOf(Snapshot.prototype, null);

/** @param {PropertyDescriptor | undefined} left @param {PropertyDescriptor} right */
function isSame(left, right) {
  return left !== undefined && left.value === right.value && left.get === right.get && left.set === right.set;
}

/** @param {Saved} saved */
function put(saved) {
  if (saved.descriptor === undefined) deleteProperty(saved.holder, saved.key);
  else ObjectDefineProperty(saved.holder, saved.key, saved.descriptor);
}

/** @returns {never} */
function refuse() {
  throw new NativeTypeError('This is not available while built-in prototypes have unremovable properties.');
}

const snapshots = {
  object: new Snapshot(Object.prototype),
  function: new Snapshot(Function.prototype),
  array: new Snapshot(Array.prototype),
  string: new Snapshot(String.prototype),
};

/**
 * Calls with untouched built-ins.
 * @template T
 * @param {() => T} work runs no code of the worker's
 * @returns {T}
 */
export function runPristine(work) {
  /** @type {{first: Saved | null}} */
  const undo = { first: null };
  try {
    snapshots.object.restore(undo);
    snapshots.function.restore(undo);
    snapshots.array.restore(undo);
    snapshots.string.restore(undo);
    return work();
  } finally {
    for (let change = undo.first; change !== null; change = change.next) put(change);
  }
}
