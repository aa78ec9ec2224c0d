// @ts-check
/**
 * Words for values that a worker made: total functions, whatever getters, proxies and `toString`
 * methods the value has. They call worker code, so they run in the worker's own turn.
 */

import {
  isNativeError,
  NativeString,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  SymbolPrototypeToString,
} from '../core/primordials.js';

/** `String(value)`, or a stand-in when that throws. @param {unknown} value @returns {string} */
export function textOf(value) {
  try {
    return typeof value === 'symbol' ? SymbolPrototypeToString(value) : NativeString(value);
  } catch {
    return '[object Object]';
  }
}

/** @param {any} object @param {string} key */
function readText(object, key) {
  try {
    const value = object[key];
    return value === undefined || value === null ? '' : NativeString(value);
  } catch {
    return '';
  }
}

/**
 * What the log keeps of an error.
 * @param {any} error a native error
 * @returns {{name: string, message: string, stack: string}}
 */
export function errorInfo(error) {
  return {
    name: readText(error, 'name'),
    message: readText(error, 'message'),
    stack: readText(error, 'stack'),
  };
}

/**
 * What an exception entry says of a thrown value; `stack` holds the frames only.
 * @param {any} thrown
 * @returns {{name: string, message: string, stack: string}}
 */
export function exceptionInfo(thrown) {
  if (!isNativeError(thrown)) return { name: 'Error', message: textOf(thrown), stack: '' };
  const { name, message, stack } = errorInfo(thrown);
  return { name: name === '' ? 'Error' : name, message, stack: framesOf(stack, name, message) };
}

/**
 * A stack text without its heading, which may have several lines and may be older than `message`.
 * @param {string} stack @param {string} name @param {string} message
 */
function framesOf(stack, name, message) {
  const heading = message === '' ? name : name + ': ' + message;
  if (StringPrototypeStartsWith(stack, heading + '\n')) {
    return StringPrototypeSlice(stack, heading.length + 1);
  }
  if (StringPrototypeStartsWith(stack, '    at ')) return stack;
  const start = StringPrototypeIndexOf(stack, '\n    at ');
  return start === -1 ? '' : StringPrototypeSlice(stack, start + 1);
}
