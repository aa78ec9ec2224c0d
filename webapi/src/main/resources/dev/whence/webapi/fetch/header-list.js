// @ts-check
/**
 * A list of header fields in wire order: what Request, Response and the wire share.
 *
 * A list that came from the host stays the flat array that it came in until somebody changes or
 * iterates it; look-ups read that array. Otherwise it is a linked list, because storing to an array
 * asks its prototype for setters, and a worker may have put some there.
 */

import {
  ArrayPrototypeSort,
  NativeTypeError,
  ObjectKeys,
  RegExpPrototypeExec,
  SafeMap,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
} from '../core/primordials.js';
import { detachClass } from './expose.js';

/** Everything that may not stand in a field name (RFC 9110 token). */
const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/;
/** Everything that makes a value need a closer look. */
const NOT_PLAIN = /[^\t -~\x80-\xff]/;

/** Lower-case forms of valid names seen before; bounded. @type {Map<string, string>} */
const knownNames = new SafeMap();
const KNOWN_NAMES = 1024;

/**
 * Checks a field name.
 * @param {string} name
 * @param {string} where completes the error message
 * @returns {string} its lower-case form
 */
export function lowerName(name, where) {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  if (name === '' || RegExpPrototypeExec(NOT_TOKEN, name) !== null) {
    checkByteString(name);
    throw new NativeTypeError(where + ': "' + name + '" is an invalid header name.');
  }
  const lower = StringPrototypeToLowerCase(name);
  if (knownNames.size < KNOWN_NAMES && name.length <= 64) knownNames.set(name, lower);
  return lower;
}

/** @param {number} code */
const isSpace = (code) => code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;

/**
 * Strips white space around a field value and checks it.
 * @param {string} value
 * @param {string} where completes the error message
 * @returns {string}
 */
export function cleanValue(value, where) {
  let end = value.length;
  if (end === 0) return value;
  let start = 0;
  while (start < end && isSpace(StringPrototypeCharCodeAt(value, start))) start++;
  while (end > start && isSpace(StringPrototypeCharCodeAt(value, end - 1))) end--;
  if (start !== 0 || end !== value.length) value = StringPrototypeSlice(value, start, end);
  if (RegExpPrototypeExec(NOT_PLAIN, value) !== null) {
    checkByteString(value);
    for (let i = 0; i < value.length; i++) {
      const code = StringPrototypeCharCodeAt(value, i);
      if (code === 0 || code === 0x0a || code === 0x0d) {
        throw new NativeTypeError(where + ': "' + value + '" is an invalid header value.');
      }
    }
  }
  return value;
}

/** @param {string} text */
function checkByteString(text) {
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCharCodeAt(text, i);
    if (code > 255) {
      throw new NativeTypeError(
        'Cannot convert argument to a ByteString because the character at index ' +
          i +
          ' has a value of ' +
          code +
          ' which is greater than 255.',
      );
    }
  }
}

/** One field. */
export class Field {
  /** @param {string} name @param {string} lower @param {string} value */
  constructor(name, lower, value) {
    this.name = name;
    this.lower = lower;
    this.value = value;
    /** @type {Field | null} */
    this.next = null;
  }
}
detachClass(Field);

/** The fields of one message. */
export class HeaderList {
  constructor() {
    /** Flat name, value, … from the host; null once linked. @type {string[] | null} */
    this.raw = null;
    this.start = 0;
    this.end = 0;
    /** @type {Field | null} */
    this.first = null;
    /** @type {Field | null} */
    this.last = null;
    /** Fields as iteration shows them; null when it must be made anew. @type {Field | null} */
    this.sorted = null;
    this.isSorted = false;
  }

  /** Makes the linked form. */
  link() {
    const raw = this.raw;
    if (raw === null) return;
    this.raw = null;
    for (let i = this.start; i < this.end; i += 2) {
      this.append(raw[i], StringPrototypeToLowerCase(raw[i]), raw[i + 1]);
    }
  }

  /** @param {string} name @param {string} lower @param {string} value */
  append(name, lower, value) {
    if (this.raw !== null) this.link();
    const field = new Field(name, lower, value);
    if (this.last === null) this.first = field;
    else this.last.next = field;
    this.last = field;
    this.isSorted = false;
  }

  /** @param {string} lower */
  has(lower) {
    const raw = this.raw;
    if (raw !== null) {
      for (let i = this.start; i < this.end; i += 2) {
        if (sameName(raw[i], lower)) return true;
      }
      return false;
    }
    for (let field = this.first; field !== null; field = field.next) {
      if (field.lower === lower) return true;
    }
    return false;
  }

  /** All values of a name, joined as the standard says; null when absent. @param {string} lower @returns {string | null} */
  get(lower) {
    /** @type {string | null} */
    let value = null;
    const raw = this.raw;
    if (raw !== null) {
      for (let i = this.start; i < this.end; i += 2) {
        if (sameName(raw[i], lower)) value = value === null ? raw[i + 1] : value + ', ' + raw[i + 1];
      }
      return value;
    }
    for (let field = this.first; field !== null; field = field.next) {
      if (field.lower === lower) value = value === null ? field.value : value + ', ' + field.value;
    }
    return value;
  }

  /** Replaces all fields of a name by one. @param {string} name @param {string} lower @param {string} value */
  set(name, lower, value) {
    this.link();
    for (let field = this.first; field !== null; field = field.next) {
      if (field.lower !== lower) continue;
      field.value = value;
      this.unlink(lower, field);
      this.isSorted = false;
      return;
    }
    this.append(name, lower, value);
  }

  /** @param {string} lower */
  delete(lower) {
    this.link();
    this.unlink(lower, null);
  }

  /** Takes out the fields of a name that follow `after` (all when it is null). @param {string} lower @param {Field | null} after */
  unlink(lower, after) {
    let previous = after;
    let field = after === null ? this.first : after.next;
    while (field !== null) {
      if (field.lower === lower) {
        if (previous === null) this.first = field.next;
        else previous.next = field.next;
        this.isSorted = false;
      } else {
        previous = field;
      }
      field = field.next;
    }
    this.last = previous;
  }

  /** @returns {HeaderList} an independent copy, in wire order */
  copy() {
    const copy = new HeaderList();
    if (this.raw !== null) {
      copy.raw = this.raw;
      copy.start = this.start;
      copy.end = this.end;
      return copy;
    }
    for (let field = this.first; field !== null; field = field.next) {
      copy.append(field.name, field.lower, field.value);
    }
    return copy;
  }

  /**
   * The fields as iteration shows them: lower-case names in order, values combined, except that
   * each Set-Cookie stands alone.
   * @returns {Field | null}
   */
  sort() {
    if (this.isSorted) return this.sorted;
    this.link();
    /** @type {Record<string, string>} */
    const combined = /** @type {any} */ ({ __proto__: null });
    for (let field = this.first; field !== null; field = field.next) {
      const value = combined[field.lower];
      combined[field.lower] = value === undefined ? field.value : value + ', ' + field.value;
    }
    const names = ObjectKeys(combined);
    ArrayPrototypeSort(names);
    const head = new Field('', '', '');
    let tail = head;
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (name !== 'set-cookie') {
        tail = tail.next = new Field(name, name, combined[name]);
        continue;
      }
      for (let field = this.first; field !== null; field = field.next) {
        if (field.lower === name) tail = tail.next = new Field(name, name, field.value);
      }
    }
    this.sorted = head.next;
    this.isSorted = true;
    return this.sorted;
  }

  /**
   * The list as fields of a command: their number, then name and value of each.
   * @param {((lower: string) => boolean) | null} isLeftOut
   * @returns {string}
   */
  toFields(isLeftOut) {
    let count = 0;
    let text = '';
    const raw = this.raw;
    if (raw !== null) {
      for (let i = this.start; i < this.end; i += 2) {
        if (isLeftOut !== null && isLeftOut(StringPrototypeToLowerCase(raw[i]))) continue;
        count++;
        text += raw[i] + '\0' + raw[i + 1] + '\0';
      }
    } else {
      for (let field = this.first; field !== null; field = field.next) {
        if (isLeftOut !== null && isLeftOut(field.lower)) continue;
        count++;
        text += field.name + '\0' + field.value + '\0';
      }
    }
    return count + '\0' + text;
  }
}
detachClass(HeaderList);

/** @param {string} name @param {string} lower */
function sameName(name, lower) {
  return name.length === lower.length && (name === lower || StringPrototypeToLowerCase(name) === lower);
}

/**
 * A list over the fields of a host message; the array must not change any more.
 * @param {string[]} fields
 * @param {number} start index of the first name
 * @param {number} count number of name-value pairs
 * @returns {HeaderList}
 */
export function hostHeaderList(fields, start, count) {
  const list = new HeaderList();
  list.raw = fields;
  list.start = start;
  list.end = start + 2 * count;
  return list;
}
