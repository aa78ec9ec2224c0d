// @ts-check
/**
 * The Headers class (Fetch standard, 5.1), over a HeaderList.
 */

import {
  NativeTypeError,
  ObjectDefineProperty,
  ObjectGetPrototypeOf,
  ObjectKeys,
  ObjectPrototypeToString,
  ObjectSetPrototypeOf,
  ReflectApply,
  SymbolIterator,
} from '../core/primordials.js';
import { cleanValue, HeaderList, hostHeaderList, lowerName } from './header-list.js';
import { exposeClass, inspectCustom } from './expose.js';

/** Marks a construction by the host in place of the public arguments. */
const HOST = {};

/** @type {(headers: any) => HeaderList} */
let listOfHeaders;
/** @type {(value: any) => value is Headers} */
let isHeadersObject;

export class Headers {
  /** @type {HeaderList} */ #list;
  #immutable = false;

  /** @param {any} [init] @param {any} [list] @param {any} [immutable] */
  constructor(init, list, immutable) {
    if (init === HOST) {
      this.#list = list;
      this.#immutable = immutable;
      return;
    }
    this.#list = init === undefined ? new HeaderList() : headerListFrom(init, 'Headers constructor');
  }

  /** @param {string} name @param {string} value */
  append(name, value) {
    requireArguments(arguments.length, 2, 'Headers.append');
    const text = `${name}`;
    const lower = lowerName(text, 'Headers.append');
    const clean = cleanValue(`${value}`, 'Headers.append');
    this.#requireMutable();
    this.#list.append(text, lower, clean);
  }

  /** @param {string} name */
  delete(name) {
    requireArguments(arguments.length, 1, 'Headers.delete');
    const lower = lowerName(`${name}`, 'Headers.delete');
    this.#requireMutable();
    this.#list.delete(lower);
  }

  /** @param {string} name @returns {string | null} */
  get(name) {
    requireArguments(arguments.length, 1, 'Headers.get');
    return this.#list.get(lowerName(`${name}`, 'Headers.get'));
  }

  /** Workers' older name of `getSetCookie`. @param {string} name @returns {string[]} */
  getAll(name) {
    requireArguments(arguments.length, 1, 'Headers.getAll');
    if (lowerName(`${name}`, 'Headers.getAll') !== 'set-cookie') {
      throw new NativeTypeError('getAll() can only be used with the header name "Set-Cookie".');
    }
    return setCookies(this.#list);
  }

  /** @returns {string[]} */
  getSetCookie() {
    return setCookies(this.#list);
  }

  /** @param {string} name @returns {boolean} */
  has(name) {
    requireArguments(arguments.length, 1, 'Headers.has');
    return this.#list.has(lowerName(`${name}`, 'Headers.has'));
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    requireArguments(arguments.length, 2, 'Headers.set');
    const text = `${name}`;
    const lower = lowerName(text, 'Headers.set');
    const clean = cleanValue(`${value}`, 'Headers.set');
    this.#requireMutable();
    this.#list.set(text, lower, clean);
  }

  /** @param {(value: string, name: string, headers: Headers) => void} callback @param {any} [thisArg] */
  forEach(callback, thisArg) {
    const list = this.#list;
    if (typeof callback !== 'function') {
      throw new NativeTypeError('Headers.forEach: parameter 1 is not of type Function.');
    }
    for (let i = 0, field = list.sort(); field !== null; field = fieldAt(list, ++i)) {
      ReflectApply(callback, thisArg, [field.value, field.name, this]);
    }
  }

  entries() {
    return new HeadersIterator(this.#list, 'entries');
  }

  keys() {
    return new HeadersIterator(this.#list, 'keys');
  }

  values() {
    return new HeadersIterator(this.#list, 'values');
  }

  #requireMutable() {
    if (this.#immutable) throw new NativeTypeError("Can't modify immutable headers.");
  }

  /** @param {number} _depth @param {any} options @param {any} inspect */
  [inspectCustom](_depth, options, inspect) {
    if (!(#list in this)) return ObjectPrototypeToString(this);
    /** @type {Record<string, string>} */
    const shown = {};
    for (let field = this.#list.sort(); field !== null; field = field.next) {
      const value = field.name === 'set-cookie' ? this.#list.get(field.name) : field.value;
      ObjectDefineProperty(shown, field.name, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return 'Headers ' + inspect(shown, options);
  }

  static {
    listOfHeaders = (headers) => headers.#list;
    isHeadersObject = /** @type {any} */ (
      (/** @type {any} */ value) => typeof value === 'object' && value !== null && #list in value
    );
  }
}

/** Walks the sorted list by position, so that changes during iteration behave as the standard says. */
class HeadersIterator {
  #list;
  #kind;
  #position = 0;

  /** @param {HeaderList} list @param {string} kind */
  constructor(list, kind) {
    this.#list = list;
    this.#kind = kind;
  }

  /** @returns {{done: boolean, value: any}} */
  next() {
    const field = fieldAt(this.#list, this.#position);
    if (field === null) return { value: undefined, done: true };
    this.#position++;
    if (this.#kind === 'keys') return { value: field.name, done: false };
    if (this.#kind === 'values') return { value: field.value, done: false };
    return { value: [field.name, field.value], done: false };
  }
}
const iteratorPrototype = HeadersIterator.prototype;
ObjectSetPrototypeOf(iteratorPrototype, ObjectGetPrototypeOf(ObjectGetPrototypeOf([][Symbol.iterator]())));
Reflect.deleteProperty(iteratorPrototype, 'constructor');
ObjectDefineProperty(iteratorPrototype, 'next', { enumerable: true });
ObjectDefineProperty(iteratorPrototype, Symbol.toStringTag, {
  value: 'Headers Iterator',
  configurable: true,
});

exposeClass(Headers, 'Headers');
ObjectDefineProperty(Headers.prototype, SymbolIterator, {
  value: Headers.prototype.entries,
  writable: true,
  configurable: true,
});

/** The list that a Headers object shows. @param {Headers} headers @returns {HeaderList} */
export const listOf = (headers) => listOfHeaders(headers);

/** @type {(value: any) => value is Headers} */
export const isHeaders = isHeadersObject;

/** A Headers object over an existing list. @param {HeaderList} list @param {boolean} immutable */
export function wrapHeaders(list, immutable) {
  return new Headers(HOST, list, immutable);
}

/** The Headers of a host message. @param {string[]} fields @param {number} start @param {number} count */
export function hostHeaders(fields, start, count) {
  return wrapHeaders(hostHeaderList(fields, start, count), true);
}

/** @param {HeaderList} list @param {number} position */
function fieldAt(list, position) {
  let field = list.sort();
  for (let i = 0; i < position && field !== null; i++) field = field.next;
  return field;
}

/** @param {HeaderList} list @returns {string[]} */
function setCookies(list) {
  /** @type {string[]} */
  const cookies = [];
  let index = 0;
  list.link();
  for (let field = list.first; field !== null; field = field.next) {
    if (field.lower !== 'set-cookie') continue;
    ObjectDefineProperty(cookies, index++, {
      value: field.value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return cookies;
}

/**
 * The list that a HeadersInit describes.
 * @param {any} init
 * @param {string} where completes error messages
 * @returns {HeaderList}
 */
export function headerListFrom(init, where) {
  if (isHeadersObject(init)) return listOfHeaders(init).copy();
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new NativeTypeError(
      where + ': init is not a Headers object, a record of strings or a sequence of pairs.',
    );
  }
  const list = new HeaderList();
  const method = init[SymbolIterator];
  if (method !== undefined && method !== null) {
    fillFromPairs(list, init, where);
    return list;
  }
  const names = ObjectKeys(init);
  for (let i = 0; i < names.length; i++) {
    const lower = lowerName(names[i], where);
    list.append(names[i], lower, cleanValue(`${init[names[i]]}`, where));
  }
  return list;
}

/** @param {HeaderList} list @param {Iterable<any>} pairs @param {string} where */
function fillFromPairs(list, pairs, where) {
  for (const pair of pairs) {
    /** @type {any[]} */
    let parts;
    if (pair === null || typeof pair !== 'object') parts = [];
    else parts = [...pair];
    if (parts.length !== 2) {
      throw new NativeTypeError(
        where + ': expected name/value pair to be length 2, found ' + parts.length + '.',
      );
    }
    const name = `${parts[0]}`;
    const lower = lowerName(name, where);
    list.append(name, lower, cleanValue(`${parts[1]}`, where));
  }
}

/** @param {number} given @param {number} needed @param {string} where */
function requireArguments(given, needed, where) {
  if (given < needed) {
    throw new NativeTypeError(
      where +
        ': ' +
        needed +
        (needed === 1 ? ' argument' : ' arguments') +
        ' required, but only ' +
        given +
        ' present.',
    );
  }
}
