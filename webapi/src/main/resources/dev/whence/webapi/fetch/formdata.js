// @ts-check
/**
 * FormData (XMLHttpRequest standard) and its two forms on the wire.
 */

import {
  ArrayPrototypePush,
  FunctionPrototypeHasInstance,
  NativeTypeError,
  ObjectDefineProperty,
  ObjectGetPrototypeOf,
  ObjectSetPrototypeOf,
  ReflectApply,
  replaceText,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeToWellFormed,
  SymbolIterator,
  uncurryGetter,
  uncurryThis,
  utf8Decode,
} from '../core/primordials.js';
import { essenceOf, parameterOf } from './mime.js';
import { parseMultipart } from './multipart.js';
import { exposeClass, inspectCustom } from './expose.js';

const NativeBlob = globalThis.Blob;
const NativeFile = globalThis.File;
const fileName = uncurryGetter(NativeFile.prototype, 'name');
const fileLastModified = uncurryGetter(NativeFile.prototype, 'lastModified');
const blobType = uncurryGetter(NativeBlob.prototype, 'type');
const NativeURLSearchParams = globalThis.URLSearchParams;
const forEachParameter = uncurryThis(NativeURLSearchParams.prototype.forEach);
const mathRandom = Math.random;

/** @typedef {{name: string, value: any, next: Entry | null}} Entry */

/** @type {(data: any) => Entry | null} */
let firstEntry;
/** @type {(value: any) => boolean} */
let isFormDataObject;
/** @type {(data: any, name: string, value: any) => void} */
let appendEntry;

export class FormData {
  /** @type {Entry | null} */ #first = null;
  /** @type {Entry | null} */ #last = null;

  /** @param {undefined} [form] */
  constructor(form) {
    if (form !== undefined) {
      throw new NativeTypeError(
        "Failed to construct 'FormData': there are no forms to take fields from here.",
      );
    }
  }

  /** @param {string} name @param {any} value @param {string} [filename] */
  append(name, value, filename) {
    requireArguments(arguments.length, 2, 'append');
    this.#add(scalar(name), entryValue(value, filename, arguments.length > 2));
  }

  /** @param {string} name */
  delete(name) {
    requireArguments(arguments.length, 1, 'delete');
    this.#remove(scalar(name), null);
  }

  /** @param {string} name */
  get(name) {
    requireArguments(arguments.length, 1, 'get');
    const wanted = scalar(name);
    for (let entry = this.#first; entry !== null; entry = entry.next) {
      if (entry.name === wanted) return entry.value;
    }
    return null;
  }

  /** @param {string} name */
  getAll(name) {
    requireArguments(arguments.length, 1, 'getAll');
    const wanted = scalar(name);
    /** @type {any[]} */
    const values = [];
    for (let entry = this.#first; entry !== null; entry = entry.next) {
      if (entry.name === wanted) ArrayPrototypePush(values, entry.value);
    }
    return values;
  }

  /** @param {string} name */
  has(name) {
    requireArguments(arguments.length, 1, 'has');
    const wanted = scalar(name);
    for (let entry = this.#first; entry !== null; entry = entry.next) {
      if (entry.name === wanted) return true;
    }
    return false;
  }

  /** @param {string} name @param {any} value @param {string} [filename] */
  set(name, value, filename) {
    requireArguments(arguments.length, 2, 'set');
    const wanted = scalar(name);
    const given = entryValue(value, filename, arguments.length > 2);
    for (let entry = this.#first; entry !== null; entry = entry.next) {
      if (entry.name !== wanted) continue;
      entry.value = given;
      this.#remove(wanted, entry);
      return;
    }
    this.#add(wanted, given);
  }

  /** @param {(value: any, name: string, data: FormData) => void} callback @param {any} [thisArg] */
  forEach(callback, thisArg) {
    if (typeof callback !== 'function') {
      throw new NativeTypeError('FormData.forEach: parameter 1 is not of type Function.');
    }
    for (let entry = this.#first; entry !== null; entry = entry.next) {
      ReflectApply(callback, thisArg, [entry.value, entry.name, this]);
    }
  }

  entries() {
    return new FormDataIterator(this, this.#first, 'entries');
  }

  keys() {
    return new FormDataIterator(this, this.#first, 'keys');
  }

  values() {
    return new FormDataIterator(this, this.#first, 'values');
  }

  /** @param {number} _depth @param {any} options @param {any} inspect */
  [inspectCustom](_depth, options, inspect) {
    if (!(#first in this)) return '[object FormData]';
    /** @type {Array<[string, any]>} */
    const shown = [];
    for (let entry = this.#first; entry !== null; entry = entry.next) {
      ArrayPrototypePush(shown, [entry.name, entry.value]);
    }
    return 'FormData ' + inspect(shown, options);
  }

  /** @param {string} name @param {any} value */
  #add(name, value) {
    const entry = { name, value, next: null };
    if (this.#last === null) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
  }

  /** @param {string} name @param {Entry | null} after */
  #remove(name, after) {
    let previous = after;
    let entry = after === null ? this.#first : after.next;
    while (entry !== null) {
      if (entry.name !== name) previous = entry;
      else if (previous === null) this.#first = entry.next;
      else previous.next = entry.next;
      entry = entry.next;
    }
    this.#last = previous;
  }

  static {
    firstEntry = (data) => data.#first;
    isFormDataObject = (value) => typeof value === 'object' && value !== null && #first in value;
    appendEntry = (data, name, value) => data.#add(name, value);
  }
}

class FormDataIterator {
  #data;
  #kind;
  #position = 0;

  /** @param {FormData} data @param {Entry | null} _first proves that the receiver is a FormData @param {string} kind */
  constructor(data, _first, kind) {
    this.#data = data;
    this.#kind = kind;
  }

  /** @returns {{done: boolean, value: any}} */
  next() {
    let entry = firstEntry(this.#data);
    for (let i = 0; i < this.#position && entry !== null; i++) entry = entry.next;
    if (entry === null) return { value: undefined, done: true };
    this.#position++;
    if (this.#kind === 'keys') return { value: entry.name, done: false };
    if (this.#kind === 'values') return { value: entry.value, done: false };
    return { value: [entry.name, entry.value], done: false };
  }
}
ObjectSetPrototypeOf(
  FormDataIterator.prototype,
  ObjectGetPrototypeOf(ObjectGetPrototypeOf([][Symbol.iterator]())),
);
Reflect.deleteProperty(FormDataIterator.prototype, 'constructor');
ObjectDefineProperty(FormDataIterator.prototype, 'next', { enumerable: true });
ObjectDefineProperty(FormDataIterator.prototype, Symbol.toStringTag, {
  value: 'FormData Iterator',
  configurable: true,
});
exposeClass(FormData, 'FormData');
ObjectDefineProperty(FormData.prototype, SymbolIterator, {
  value: FormData.prototype.entries,
  writable: true,
  configurable: true,
});

/** @type {(value: any) => boolean} */
export const isFormData = isFormDataObject;

/** @param {any} value */
const scalar = (value) => StringPrototypeToWellFormed(`${value}`);

/** @param {any} value */
const isBlob = (value) =>
  typeof value === 'object' && value !== null && FunctionPrototypeHasInstance(NativeBlob, value);

/** @param {any} value @param {any} filename @param {boolean} isNamed */
function entryValue(value, filename, isNamed) {
  if (!isBlob(value)) {
    if (isNamed && filename !== undefined) {
      throw new NativeTypeError("FormData: a file name needs a value of type 'Blob'.");
    }
    return scalar(value);
  }
  const isFile = FunctionPrototypeHasInstance(NativeFile, value);
  if (isFile && !(isNamed && filename !== undefined)) return value;
  const name = isNamed && filename !== undefined ? scalar(filename) : 'blob';
  return new NativeFile(
    [value],
    name,
    /** @type {any} */ ({
      __proto__: null,
      type: blobType(value),
      ...(isFile ? { lastModified: fileLastModified(value) } : undefined),
    }),
  );
}

/** @param {number} given @param {number} needed @param {string} method */
function requireArguments(given, needed, method) {
  if (given < needed) {
    throw new NativeTypeError(
      'FormData.' +
        method +
        ': ' +
        needed +
        (needed === 1 ? ' argument' : ' arguments') +
        ' required, but only ' +
        given +
        ' present.',
    );
  }
}

// --- the wire ------------------------------------------------------------------------------------

/** @param {string} text */
function crlf(text) {
  const unix = replaceText(replaceText(text, '\r\n', '\n'), '\r', '\n');
  return replaceText(unix, '\n', '\r\n');
}

/** @param {string} text */
function quoted(text) {
  const lines = replaceText(replaceText(text, '\n', '%0A'), '\r', '%0D');
  return '"' + replaceText(lines, '"', '%22') + '"';
}

function makeBoundary() {
  let digits = '';
  while (digits.length < 24) digits += StringPrototypeSlice(`${mathRandom()}`, 2);
  return '----whence-' + StringPrototypeSlice(digits, 0, 24);
}

/**
 * The multipart/form-data form.
 * @param {any} data
 * @returns {{blob: Blob, type: string}}
 */
export function encodeFormData(data) {
  const boundary = makeBoundary();
  /** @type {any[]} */
  const parts = [];
  for (let entry = firstEntry(data); entry !== null; entry = entry.next) {
    const head = '--' + boundary + '\r\nContent-Disposition: form-data; name=' + quoted(crlf(entry.name));
    if (typeof entry.value === 'string') {
      ArrayPrototypePush(parts, head + '\r\n\r\n' + crlf(entry.value) + '\r\n');
      continue;
    }
    const type = blobType(entry.value);
    ArrayPrototypePush(
      parts,
      head +
        '; filename=' +
        quoted(fileName(entry.value)) +
        '\r\nContent-Type: ' +
        (type === '' ? 'application/octet-stream' : type) +
        '\r\n\r\n',
      entry.value,
      '\r\n',
    );
  }
  ArrayPrototypePush(parts, '--' + boundary + '--\r\n');
  return { blob: new NativeBlob(parts), type: 'multipart/form-data; boundary=' + boundary };
}

const NO_BOUNDARY =
  'No boundary string in Content-Type header. The multipart/form-data MIME type requires a boundary ' +
  'parameter, e.g. \'Content-Type: multipart/form-data; boundary="abcd"\'. See RFC 7578, section 4.';
const OTHER_TYPE =
  'Unrecognized Content-Type header value. FormData can only parse the following MIME types: ' +
  'multipart/form-data, application/x-www-form-urlencoded.';

/**
 * Reads either form.
 * @param {Uint8Array} bytes
 * @param {string} type the Content-Type
 * @returns {FormData}
 */
export function parseFormData(bytes, type) {
  const essence = essenceOf(type);
  const data = new FormData();
  if (essence === 'multipart/form-data') {
    const boundary = parameterOf(type, 'boundary');
    if (boundary === undefined || boundary === '') {
      throw new NativeTypeError(NO_BOUNDARY);
    }
    parseMultipart(bytes, boundary, (name, value) => appendEntry(data, name, value));
    return data;
  }
  if (essence === 'application/x-www-form-urlencoded') {
    const text = utf8Decode(bytes);
    // The class would strip a leading question mark; the format has none.
    const query = StringPrototypeStartsWith(text, '?') ? '&' + text : text;
    forEachParameter(
      new NativeURLSearchParams(query),
      (/** @type {string} */ value, /** @type {string} */ name) => appendEntry(data, name, value),
    );
    return data;
  }
  throw new NativeTypeError(OTHER_TYPE);
}
