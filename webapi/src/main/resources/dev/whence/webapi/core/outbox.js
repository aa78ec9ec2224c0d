// @ts-check
/**
 * What one turn tells the host, gathered and handed over in a single crossing when the turn ends.
 *
 * Commands are NUL-terminated fields in one string (so no field may contain U+0000; `field` makes
 * free text safe); bodies travel beside them, in command order, through a region of memory that
 * both sides see. When that region is full, `flush` hands over what there is and starts afresh.
 * The commands are listed in `dev.whence.webapi.bridge.Command`.
 */

import {
  NativeUint8Array,
  replaceText,
  StringPrototypeIncludes,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeSet,
  utf8EncodeInto,
} from './primordials.js';

let commands = '';
let used = 0;
/** @type {Uint8Array} */
let region = new NativeUint8Array(0);
/** @type {(commands: string) => void} */
let hostFlush = () => {};

/**
 * @param {Uint8Array} outgoing the memory in which the host finds the bytes
 * @param {(commands: string) => void} flushCallback hands commands over in the middle of a turn
 */
export function connectOutbox(outgoing, flushCallback) {
  region = outgoing;
  hostFlush = flushCallback;
}

/** Adds commands: whole, NUL-terminated fields. @param {string} text */
export function emit(text) {
  commands += text;
}

/** Makes free text fit for a field. @param {string} text @returns {string} */
export function field(text) {
  return StringPrototypeIncludes(text, '\0') ? replaceText(text, '\0', '\uFFFD') : text;
}

/** Hands over all commands now; used when the byte region is full. */
function flush() {
  const text = commands;
  commands = '';
  used = 0;
  hostFlush(text);
}

/** How many bytes the region takes at most. */
export function byteCapacity() {
  return TypedArrayPrototypeGetByteLength(region);
}

/**
 * Appends bytes to the region for the command that the caller emits right after. The bytes must not
 * be longer than `byteCapacity()`.
 * @param {Uint8Array} bytes
 */
export function putBytes(bytes) {
  const length = TypedArrayPrototypeGetByteLength(bytes);
  if (used + length > byteCapacity()) flush();
  TypedArrayPrototypeSet(region, bytes, used);
  used += length;
}

/**
 * Appends text as UTF-8 when it surely fits.
 * @param {string} text
 * @returns {number} the bytes written, or -1 when the text must go another way
 */
export function putText(text) {
  const worst = text.length * 3;
  if (worst > byteCapacity()) return -1;
  if (used + worst > byteCapacity()) flush();
  // A view made by the constructor: `subarray` would ask a patchable species.
  const view = new NativeUint8Array(TypedArrayPrototypeGetBuffer(region), used, worst);
  const { written } = utf8EncodeInto(text, view);
  used += written;
  return written;
}

/** Takes all commands of the turn that ends. @returns {string | undefined} */
export function takeCommands() {
  if (commands === '') return undefined;
  const text = commands;
  commands = '';
  used = 0;
  return text;
}
