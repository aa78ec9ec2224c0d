// @ts-check
/**
 * Stack frames: which are shown, their text, and what a worker's own formatter gets to see.
 */

import {
  NativeError,
  ObjectGetPrototypeOf,
  StringPrototypeEndsWith,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  uncurryThis,
} from '../core/primordials.js';
import { originalPosition } from './positions.js';

/**
 * The engine's methods of a call site, each taking the call site as its first argument.
 * @type {any}
 */
const engine = {};

const METHODS = [
  'getColumnNumber',
  'getEnclosingColumnNumber',
  'getEnclosingLineNumber',
  'getEvalOrigin',
  'getFileName',
  'getFunction',
  'getFunctionName',
  'getLineNumber',
  'getMethodName',
  'getPosition',
  'getPromiseIndex',
  'getScriptHash',
  'getScriptNameOrSourceURL',
  'getThis',
  'getTypeName',
  'isAsync',
  'isConstructor',
  'isEval',
  'isNative',
  'isPromiseAll',
  'isToplevel',
  'toString',
];

/** Takes the engine's methods from one of its call sites. @param {any} site */
export function connectCallSites(site) {
  const prototype = ObjectGetPrototypeOf(site);
  for (let i = 0; i < METHODS.length; i++) {
    const method = prototype[METHODS[i]];
    if (typeof method !== 'function') throw new NativeError('call sites lack ' + METHODS[i]);
    engine[METHODS[i]] = uncurryThis(method);
  }
}

/** True for frames of the runtime and of Node's insides. @param {any} site */
export function isHidden(site) {
  const file = engine.getFileName(site);
  if (typeof file !== 'string') return false;
  return StringPrototypeStartsWith(file, 'whence:') || StringPrototypeStartsWith(file, 'node:');
}

/** @param {any} site */
function positionOf(site) {
  const file = engine.getFileName(site);
  const line = engine.getLineNumber(site);
  const column = engine.getColumnNumber(site);
  if (typeof file !== 'string' || line === null || column === null) return { line, column };
  return originalPosition(file, line, column);
}

/** The engine lets a function begin after its name; what precedes that is `static async function `. */
const LONGEST_HEAD = 22;

/**
 * What a frame tells, at the author's position in the file that was deployed; null for native code.
 * @param {any} site
 * @returns {{file: string, line: number, column: number, name: string, body: string, isEntry: boolean,
 *   first: {line: number, column: number}} | null} `name` of the function or '', `body` tells functions
 *   of a file apart, `isEntry` where the function begins, or nearly so, `first` is where it begins
 */
export function describeSite(site) {
  const file = engine.getFileName(site);
  const { line, column } = positionOf(site);
  if (typeof file !== 'string' || line === null || column === null) return null;
  const name = engine.getFunctionName(site);
  const firstLine = engine.getEnclosingLineNumber(site);
  const firstColumn = engine.getEnclosingColumnNumber(site);
  return {
    file,
    line,
    column,
    // The engine calls code of a class that is in no method `<instance_members_initializer>`.
    name: typeof name === 'string' && name[0] !== '<' ? name : '',
    body: file + ':' + firstLine + ':' + firstColumn,
    isEntry:
      engine.getLineNumber(site) === firstLine &&
      engine.getColumnNumber(site) - firstColumn <= LONGEST_HEAD + (typeof name === 'string' ? name.length : 0),
    first: originalPosition(file, firstLine, firstColumn),
  };
}

/** The frame as in `error.stack`, at the author's position. @param {any} site @returns {string} */
export function textOf(site) {
  const text = engine.toString(site);
  const line = engine.getLineNumber(site);
  const column = engine.getColumnNumber(site);
  const original = positionOf(site);
  if (original.line === line && original.column === column) return text;
  const end = StringPrototypeEndsWith(text, ')') ? ')' : '';
  const position = ':' + line + ':' + column + end;
  if (!StringPrototypeEndsWith(text, position)) return text;
  const before = StringPrototypeSlice(text, 0, text.length - position.length);
  return before + ':' + original.line + ':' + original.column + end;
}

/** A call site at the author's position, as handed to a worker's `Error.prepareStackTrace`. */
export class AuthorCallSite {
  #site;

  /** @param {any} site the engine's */
  constructor(site) {
    this.#site = site;
  }

  getColumnNumber() {
    return positionOf(this.#site).column;
  }

  getLineNumber() {
    return positionOf(this.#site).line;
  }

  getEnclosingColumnNumber() {
    const file = engine.getFileName(this.#site);
    const line = engine.getEnclosingLineNumber(this.#site);
    const column = engine.getEnclosingColumnNumber(this.#site);
    return typeof file === 'string' ? originalPosition(file, line, column).column : column;
  }

  getEnclosingLineNumber() {
    const file = engine.getFileName(this.#site);
    const line = engine.getEnclosingLineNumber(this.#site);
    const column = engine.getEnclosingColumnNumber(this.#site);
    return typeof file === 'string' ? originalPosition(file, line, column).line : line;
  }

  getEvalOrigin() {
    return engine.getEvalOrigin(this.#site);
  }

  getFileName() {
    return engine.getFileName(this.#site);
  }

  getFunction() {
    return engine.getFunction(this.#site);
  }

  getFunctionName() {
    return engine.getFunctionName(this.#site);
  }

  getMethodName() {
    return engine.getMethodName(this.#site);
  }

  /** Offset within the function's script, in the text as it was compiled. */
  getPosition() {
    return engine.getPosition(this.#site);
  }

  getPromiseIndex() {
    return engine.getPromiseIndex(this.#site);
  }

  getScriptHash() {
    return engine.getScriptHash(this.#site);
  }

  getScriptNameOrSourceURL() {
    return engine.getScriptNameOrSourceURL(this.#site);
  }

  getThis() {
    return engine.getThis(this.#site);
  }

  getTypeName() {
    return engine.getTypeName(this.#site);
  }

  isAsync() {
    return engine.isAsync(this.#site);
  }

  isConstructor() {
    return engine.isConstructor(this.#site);
  }

  isEval() {
    return engine.isEval(this.#site);
  }

  isNative() {
    return engine.isNative(this.#site);
  }

  isPromiseAll() {
    return engine.isPromiseAll(this.#site);
  }

  isToplevel() {
    return engine.isToplevel(this.#site);
  }

  toString() {
    return textOf(this.#site);
  }
}
