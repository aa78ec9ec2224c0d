// @ts-check
/**
 * The arguments of one console call as a tail shows them (workers-semantics.md, 9.3 and 9.4): one
 * JSON value each, without `%` formatting.
 */

import {
  ArrayIsArray,
  isNativeError,
  isProxy,
  JSONStringify,
  NativeString,
  ObjectGetPrototypeOf,
  ObjectPrototype,
} from '../core/primordials.js';
import { errorInfo } from './describe.js';

/** @param {any} value @returns {boolean} whether it is shown as its JSON rather than as its text */
function hasJsonForm(value) {
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
    case 'number':
    case 'string':
      return true;
    case 'object':
      if (value === null || ArrayIsArray(value)) return true;
      break;
    case 'function':
      break;
    default:
      return false;
  }
  const prototype = ObjectGetPrototypeOf(value);
  if (prototype === ObjectPrototype || prototype === null) return true;
  return !isProxy(value) && typeof value.toJSON === 'function';
}

/** @param {any} value @returns {string} JSON */
function jsonOf(value) {
  try {
    if (hasJsonForm(value)) {
      const json = JSONStringify(value);
      return json === undefined ? 'null' : json;
    }
    return typeof value === 'symbol' ? '{}' : JSONStringify(NativeString(value));
  } catch {
    return '{}';
  }
}

/** @param {any[]} args @returns {string} a JSON array with a value for each argument */
export function messageJson(args) {
  let json = '[';
  for (let i = 0; i < args.length; i++) json += (i === 0 ? '' : ',') + jsonOf(args[i]);
  return json + ']';
}

/**
 * @param {any[]} args
 * @returns {string} a JSON array with an entry for each argument, null where it is no error; empty
 *   when none of them is
 */
export function errorInfoJson(args) {
  let json = '[';
  let found = false;
  for (let i = 0; i < args.length; i++) {
    const isError = isNativeError(args[i]);
    if (isError) found = true;
    json += (i === 0 ? '' : ',') + (isError ? errorJson(args[i]) : 'null');
  }
  return found ? json + ']' : '';
}

/** Spelled out, so that no `toJSON` on a patched prototype has a say. @param {any} error */
function errorJson(error) {
  const { name, message, stack } = errorInfo(error);
  return (
    '{"name":' + JSONStringify(name) +
    ',"message":' + JSONStringify(message) +
    ',"stack":' + JSONStringify(stack) + '}'
  );
}
