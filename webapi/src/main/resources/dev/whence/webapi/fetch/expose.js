// @ts-check
/**
 * Gives a class the shape that WebIDL asks for. Used at start-up only.
 */

import {
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ObjectGetOwnPropertyNames,
  ObjectSetPrototypeOf,
  SymbolToStringTag,
} from '../core/primordials.js';

/** The method that console output asks for. */
export const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/**
 * Makes the public members enumerable and names the class.
 * @param {Function} type
 * @param {string} name
 */
export function exposeClass(type, name) {
  exposeMembers(type.prototype);
  exposeMembers(type);
  ObjectDefineProperty(type.prototype, SymbolToStringTag, { value: name, configurable: true });
  ObjectDefineProperty(type, 'name', { value: name, configurable: true });
  ObjectDefineProperty(type, 'length', { value: 0, configurable: true });
}

/** @param {object} holder */
function exposeMembers(holder) {
  const names = ObjectGetOwnPropertyNames(holder);
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name === 'constructor' || name === 'prototype' || name === 'name' || name === 'length') continue;
    const descriptor = ObjectGetOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined && descriptor.configurable) {
      ObjectDefineProperty(holder, name, { ...descriptor, enumerable: true });
    }
  }
}

/**
 * Defines a global as the platform does: not enumerable, writable, configurable. The engine's own is
 * deleted first: to redefine one that is loaded on demand would load it.
 * @param {any} scope
 * @param {string} name
 * @param {any} value
 */
export function exposeGlobal(scope, name, value) {
  Reflect.deleteProperty(scope, name);
  ObjectDefineProperty(scope, name, { value, writable: true, enumerable: false, configurable: true });
}

/**
 * Cuts an internal class off from Object.prototype: storing to a field of an instance would ask it
 * for setters, and a worker may have put some there.
 * @param {Function} type
 */
export function detachClass(type) {
  ObjectSetPrototypeOf(type.prototype, null);
}
