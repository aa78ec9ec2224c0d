// @ts-check
/**
 * Byte arithmetic that a worker cannot watch: no species constructors, no patched methods.
 *
 * `subarray` and `slice` of the language ask the `constructor` property of their receiver, which a
 * worker may replace; these helpers never do.
 */

import {
  ArrayBufferIsView,
  DataViewPrototypeGetBuffer,
  DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset,
  isArrayBuffer,
  NativeUint8Array,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetTag,
  TypedArrayPrototypeSet,
} from '../core/primordials.js';
import { detachClass } from '../fetch/expose.js';

/** @type {(bytes: Uint8Array) => number} */
export const byteLength = TypedArrayPrototypeGetByteLength;

/**
 * The same memory from `start` up to `end`.
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @returns {Uint8Array}
 */
export function viewOf(bytes, start, end) {
  return new NativeUint8Array(
    TypedArrayPrototypeGetBuffer(bytes),
    TypedArrayPrototypeGetByteOffset(bytes) + start,
    end - start,
  );
}

/** Fresh memory with the same content. @param {Uint8Array} bytes @returns {Uint8Array} */
export function copyOf(bytes) {
  const copy = new NativeUint8Array(byteLength(bytes));
  TypedArrayPrototypeSet(copy, bytes);
  return copy;
}

/**
 * A view on the memory of a BufferSource; undefined when the value is none.
 * @param {any} source
 * @returns {Uint8Array | undefined}
 */
export function bytesOf(source) {
  if (isArrayBuffer(source)) return new NativeUint8Array(source);
  if (!ArrayBufferIsView(source)) return undefined;
  if (TypedArrayPrototypeGetTag(source) !== undefined) {
    return new NativeUint8Array(
      TypedArrayPrototypeGetBuffer(source),
      TypedArrayPrototypeGetByteOffset(source),
      TypedArrayPrototypeGetByteLength(source),
    );
  }
  return new NativeUint8Array(
    DataViewPrototypeGetBuffer(source),
    DataViewPrototypeGetByteOffset(source),
    DataViewPrototypeGetByteLength(source),
  );
}

/** The memory behind bytes that fill their buffer; else a copy that does. @param {Uint8Array} bytes @returns {ArrayBuffer} */
export function bufferOf(bytes) {
  const buffer = TypedArrayPrototypeGetBuffer(bytes);
  const whole = new NativeUint8Array(buffer);
  return byteLength(whole) === byteLength(bytes) ? buffer : TypedArrayPrototypeGetBuffer(copyOf(bytes));
}

/** Gathers chunks and joins them once, at the end. */
export class ByteGatherer {
  constructor() {
    this.length = 0;
    /** @type {{bytes: Uint8Array, next: any} | null} */
    this.first = null;
    /** @type {{bytes: Uint8Array, next: any} | null} */
    this.last = null;
  }

  /** @param {Uint8Array} bytes memory that nobody changes any more */
  add(bytes) {
    const node = { bytes, next: null };
    if (this.last === null) this.first = node;
    else this.last.next = node;
    this.last = node;
    this.length += byteLength(bytes);
  }

  /** @returns {Uint8Array} */
  join() {
    const first = this.first;
    if (first === null) return new NativeUint8Array(0);
    if (first.next === null) return first.bytes;
    const all = new NativeUint8Array(this.length);
    let at = 0;
    for (let node = this.first; node !== null; node = node.next) {
      TypedArrayPrototypeSet(all, node.bytes, at);
      at += byteLength(node.bytes);
    }
    return all;
  }
}
detachClass(ByteGatherer);
