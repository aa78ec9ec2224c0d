// @ts-check
/**
 * Locks objects that a worker shares with the engine, so that it can use and extend but not patch
 * them: the engine's own emitters (the process, the host's wake-up socket) have the same prototypes.
 */

import {
  NativeTypeError,
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
} from '../core/primordials.js';

/**
 * Makes the functions of an object unchangeable there, while objects that inherit from it may still
 * be given their own by assignment (which a frozen prototype would refuse).
 * @param {any} object
 */
export function lock(object) {
  for (const key of ReflectOwnKeys(object)) {
    const descriptor = /** @type {any} */ (ObjectGetOwnPropertyDescriptor(object, key));
    if (key === 'prototype') {
      ObjectDefineProperty(object, key, { writable: false });
    } else if (descriptor.configurable) {
      lockProperty(object, key, descriptor);
    }
  }
  Object.preventExtensions(object);
}

/** @param {any} object @param {PropertyKey} key @param {PropertyDescriptor} descriptor */
function lockProperty(object, key, descriptor) {
  const { value } = descriptor;
  if (typeof value !== 'function') {
    ObjectDefineProperty(object, key, { configurable: false });
    return;
  }
  ObjectDefineProperty(object, key, {
    get: () => value,
    set(replacement) {
      if (this === object) {
        throw new NativeTypeError('Cannot assign to read only property ' + String(key));
      }
      ObjectDefineProperty(this, key, {
        value: replacement,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    },
    enumerable: descriptor.enumerable,
    configurable: false,
  });
}
