// @ts-check
/**
 * What can be told of a value by looking at its data properties only: what it is, its class, whether
 * it is worth looking into. Nothing here runs a worker's code.
 */

import {
  ArrayBufferIsView,
  ArrayIsArray,
  FunctionPrototypeToString,
  isArrayBuffer,
  isMap,
  isPromise,
  isProxy,
  isSet,
  isWeakMap,
  isWeakSet,
  ObjectGetOwnPropertyDescriptor,
  ObjectPrototype,
  ObjectPrototypeHasOwnProperty,
  ReflectGetPrototypeOf,
  StringPrototypeStartsWith,
} from '../core/primordials.js';

/** @typedef {import('./store.js').Holder} Holder */

/** @param {any} value */
export function isFunction(value) {
  return typeof value === 'function' && !isProxy(value);
}

/** What holds nothing that could be told. @param {any} value */
export function isLeaf(value) {
  return isProxy(value) || isPromise(value) || ArrayBufferIsView(value) || isArrayBuffer(value);
}

/**
 * A module's export that is not initialised yet throws.
 * @param {any} object @param {PropertyKey} key
 */
export function descriptorOf(object, key) {
  try {
    return ObjectGetOwnPropertyDescriptor(object, key);
  } catch {
    return undefined;
  }
}

/** @param {any} object @param {PropertyKey} key */
export function dataOf(object, key) {
  const descriptor = ObjectGetOwnPropertyDescriptor(object, key);
  return descriptor !== undefined && ObjectPrototypeHasOwnProperty(descriptor, 'value') ? descriptor.value : undefined;
}

/** @param {any} prototype @returns {string} empty when it has none */
export function classNameOf(prototype) {
  if (prototype === null || isProxy(prototype)) return '';
  const constructor = dataOf(prototype, 'constructor');
  return isFunction(constructor) ? functionName(constructor) : '';
}

/** @param {Function} target */
export function functionName(target) {
  const name = dataOf(target, 'name');
  return typeof name === 'string' && name.length <= 80 ? name : '';
}

/** @param {any} value @returns {Holder} */
export function holderOf(value) {
  if (typeof value === 'function') {
    const isClass = StringPrototypeStartsWith(FunctionPrototypeToString(value), 'class');
    return { type: isClass ? 'class' : 'function', name: functionName(value), length: 0 };
  }
  if (ArrayIsArray(value)) return { type: 'array', name: '', length: dataOf(value, 'length') };
  if (isMap(value)) return { type: 'Map', name: '', length: 0 };
  if (isSet(value)) return { type: 'Set', name: '', length: 0 };
  if (isWeakMap(value)) return { type: 'WeakMap', name: '', length: 0 };
  if (isWeakSet(value)) return { type: 'WeakSet', name: '', length: 0 };
  const prototype = ReflectGetPrototypeOf(value);
  const name = prototype === ObjectPrototype ? '' : classNameOf(prototype);
  return { type: name === '' ? 'object' : 'instance', name, length: 0 };
}
