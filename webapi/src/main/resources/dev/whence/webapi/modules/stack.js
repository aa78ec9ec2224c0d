// @ts-check
/**
 * `error.stack` as the author of the worker should see it: columns before rewriting, and no frames
 * of the runtime or of Node's insides.
 *
 * The engine formats a stack when it is first read, and asks `Error.prepareStackTrace` how; a worker
 * may set that too. So it becomes an accessor which tells the engine's reading from the worker's:
 * the engine gets the formatter below, the worker sees what it has set itself. The worker's formatter
 * gets call sites that are mapped as well. Nothing here runs until a stack is read.
 */

import {
  ArrayIsArray,
  ArrayPrototypePush,
  ErrorCaptureStackTrace,
  ErrorPrototypeToString,
  NativeError,
  ObjectCreate,
  ObjectDefineProperty,
  ReflectApply,
  RegExpPrototypeExec,
} from '../core/primordials.js';
import { AuthorCallSite, connectCallSites, isHidden, textOf } from './call-site.js';

/** A stack whose first frame is the engine's code that asks for the formatter. */
const CALLED_BY_ENGINE = /^[^\n]*\n    at [^\n]* \(node:internal\/errors:/;

/** @typedef {(error: any, sites: any[]) => any} Formatter */

/** What the worker has set as `Error.prepareStackTrace`. @type {any} */
let workersFormatter;

/**
 * Puts the formatter in place. Called once, before worker code runs.
 * @param {any} scope the global object
 */
export function installStackTraces(scope) {
  const { Error } = scope;
  const sites = captureSites();
  connectCallSites(sites[0]);
  ObjectDefineProperty(Error, 'prepareStackTrace', {
    get: prepareStackTrace,
    set: setPrepareStackTrace,
    enumerable: false,
    configurable: true,
  });
}

/** Call sites of this very place, as the engine makes them. */
function captureSites() {
  const before = NativeError.prepareStackTrace;
  NativeError.prepareStackTrace = passSites;
  const sites = /** @type {any} */ (new NativeError().stack);
  NativeError.prepareStackTrace = before;
  return sites;
}

/** Forgets the worker's formatter, for a new instance of the worker. */
export function resetFormatter() {
  workersFormatter = undefined;
}

let isProbing = false;

/** Getter of `Error.prepareStackTrace`. @returns {any} */
function prepareStackTrace() {
  if (isProbing) return passSites;
  return isReadByEngine() ? format : workersFormatter;
}

/** Setter of `Error.prepareStackTrace`. @this {any} @param {any} value */
function setPrepareStackTrace(value) {
  if (this === NativeError) workersFormatter = value;
  // A subclass inherits the accessor; what is set there has never had an effect on stacks.
  else ObjectDefineProperty(this, 'prepareStackTrace', { value, ...PLAIN });
}

const PLAIN = { writable: true, enumerable: true, configurable: true };

/** @type {Formatter} */
const passSites = (_error, sites) => sites;

/**
 * The call sites of an error whose stack nobody has read yet; empty when they cannot be had.
 * @param {Error} error
 * @returns {any[]} the engine's, hidden ones included
 */
export function sitesOf(error) {
  isProbing = true;
  try {
    const sites = /** @type {any} */ (error.stack);
    return ArrayIsArray(sites) ? sites : [];
  } finally {
    isProbing = false;
  }
}

/**
 * True when the getter's caller is the engine's stack machinery. While that formats one stack, V8
 * makes any other one into a plain text by itself; at other times `passSites` is called.
 */
function isReadByEngine() {
  const limit = NativeError.stackTraceLimit;
  const holder = ObjectCreate(null);
  isProbing = true;
  setLimit(1);
  ErrorCaptureStackTrace(holder, prepareStackTrace);
  const caller = holder.stack;
  setLimit(limit);
  isProbing = false;
  return typeof caller === 'string' && RegExpPrototypeExec(CALLED_BY_ENGINE, caller) !== null;
}

/** @param {number} limit */
function setLimit(limit) {
  try {
    if (NativeError.stackTraceLimit !== limit) NativeError.stackTraceLimit = limit;
  } catch {
    // The worker has frozen it: then the stack is just longer than needed.
  }
}

/** Formats a stack for the engine. @type {Formatter} */
function format(error, sites) {
  if (typeof workersFormatter === 'function') {
    /** @type {any[]} */
    const shown = [];
    for (let i = 0; i < sites.length; i++) {
      if (!isHidden(sites[i])) ArrayPrototypePush(shown, new AuthorCallSite(sites[i]));
    }
    return ReflectApply(workersFormatter, NativeError, [error, shown]);
  }
  let text = headerOf(error);
  for (let i = 0; i < sites.length; i++) {
    if (!isHidden(sites[i])) text += '\n    at ' + textOf(sites[i]);
  }
  return text;
}

/** `Name: message`, whatever a worker's getters do. @param {any} error */
function headerOf(error) {
  try {
    return ErrorPrototypeToString(error);
  } catch (thrown) {
    try {
      return '<error: ' + ErrorPrototypeToString(thrown) + '>';
    } catch {
      return '<error>';
    }
  }
}
