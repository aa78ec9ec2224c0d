// @ts-check
/**
 * `node:buffer`: the engine's Buffer without the ways to memory that is shared or not cleared.
 *
 * The class is a thin cover with the engine's prototype. What the engine would fill into memory that
 * it has not cleared, trusting lengths that a worker can fake, is done here.
 */

import {
  ArrayBufferIsView,
  ArrayIsArray,
  isArrayBuffer,
  isUint8Array,
  MathMin,
  MathTrunc,
  NativeNumber,
  NativeTypeError,
  nodeRequire,
  NativeUint8Array,
  ObjectAssign,
  ObjectDefineProperties,
  ObjectDefineProperty,
  ReflectApply,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeSet,
  TypedArrayPrototypeSubarray,
} from '../core/primordials.js';

const node = nodeRequire('node:buffer');
const NodeBuffer = node.Buffer;
const { from: nodeFrom, alloc: nodeAlloc } = NodeBuffer;
const FastBuffer = NodeBuffer[Symbol.species];

/** Cleared memory of its own. @param {number} size @returns {any} */
function cleared(size) {
  return ReflectApply(nodeAlloc, NodeBuffer, [size]);
}

/** An exact copy in memory of its own. @param {Uint8Array} bytes @returns {any} */
export function ownBuffer(bytes) {
  const copy = cleared(TypedArrayPrototypeGetByteLength(bytes));
  TypedArrayPrototypeSet(copy, bytes);
  return copy;
}

/** @param {any} value */
function fromArrayLike(value) {
  const length = MathTrunc(NativeNumber(value.length));
  const buffer = cleared(length > 0 ? length : 0);
  for (let i = 0; i < length; i++) buffer[i] = value[i];
  return buffer;
}

/** @param {any} value @param {any} encodingOrOffset @param {any} length @returns {any} */
function fromObject(value, encodingOrOffset, length) {
  if (isArrayBuffer(value)) {
    return ReflectApply(nodeFrom, NodeBuffer, [value, encodingOrOffset, length]);
  }
  if (isUint8Array(value)) return ownBuffer(value);
  const primitive = value.valueOf?.();
  if (
    primitive !== null && primitive !== undefined && primitive !== value &&
    (typeof primitive === 'string' || typeof primitive === 'object')
  ) {
    return from(primitive, encodingOrOffset, length);
  }
  if (value.length !== undefined || isArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? fromArrayLike(value) : cleared(0);
  }
  if (value.type === 'Buffer' && ArrayIsArray(value.data)) return fromArrayLike(value.data);
  const text = value[Symbol.toPrimitive]?.('string');
  if (typeof text === 'string') return from(text, encodingOrOffset);
  throw new NativeTypeError(
    'The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array ' +
      'or an Array-like Object.',
  );
}

/** @param {any} value @param {any} [encodingOrOffset] @param {any} [length] @returns {any} */
function from(value, encodingOrOffset, length) {
  if (typeof value === 'object' && value !== null) {
    return fromObject(value, encodingOrOffset, length);
  }
  return ReflectApply(nodeFrom, NodeBuffer, [value, encodingOrOffset, length]);
}

/** @param {any} list @param {any} [total] @returns {any} */
function concat(list, total) {
  if (!ArrayIsArray(list)) {
    throw new NativeTypeError('The "list" argument must be an instance of Array.');
  }
  let sum = 0;
  for (let i = 0; i < list.length; i++) {
    if (!isUint8Array(list[i])) {
      throw new NativeTypeError(
        'The "list[' + i + ']" argument must be an instance of Buffer or Uint8Array.',
      );
    }
    sum += TypedArrayPrototypeGetByteLength(list[i]);
  }
  const size = total === undefined ? sum : NativeNumber(total);
  const buffer = cleared(size);
  let at = 0;
  for (let i = 0; i < list.length && at < size; i++) {
    const bytes = list[i];
    if (!isUint8Array(bytes)) continue;
    const length = MathMin(TypedArrayPrototypeGetByteLength(bytes), size - at);
    TypedArrayPrototypeSet(buffer, TypedArrayPrototypeSubarray(bytes, 0, length), at);
    at += length;
  }
  return buffer;
}

/**
 * @param {any} view a typed array @param {any} [offset] in elements
 * @param {any} [length] in elements
 */
function copyBytesFrom(view, offset = 0, length = undefined) {
  if (!ArrayBufferIsView(view)) {
    throw new NativeTypeError('The "view" argument must be an instance of TypedArray.');
  }
  const end = length === undefined ? undefined : offset + length;
  const part = TypedArrayPrototypeSubarray(view, offset, end);
  return ownBuffer(
    new NativeUint8Array(
      TypedArrayPrototypeGetBuffer(part),
      TypedArrayPrototypeGetByteOffset(part),
      TypedArrayPrototypeGetByteLength(part),
    ),
  );
}

/**
 * The Buffer that workers see.
 * @param {any} value @param {any} encodingOrOffset @param {any} length
 */
export function Buffer(value, encodingOrOffset, length) {
  if (typeof value === 'number') return cleared(value);
  return from(value, encodingOrOffset, length);
}

ObjectAssign(Buffer, {
  from,
  concat,
  copyBytesFrom,
  /** @param {number} size @param {any} [fill] @param {any} [encoding] */
  alloc(size, fill, encoding) {
    return ReflectApply(nodeAlloc, NodeBuffer, [size, fill, encoding]);
  },
  /** @param {number} size */
  allocUnsafe(size) {
    return cleared(size);
  },
  /** @param {number} size */
  allocUnsafeSlow(size) {
    return cleared(size);
  },
  /** @param {any[]} items */
  of(...items) {
    return fromArrayLike(items);
  },
  isBuffer: NodeBuffer.isBuffer,
  isEncoding: NodeBuffer.isEncoding,
  byteLength: NodeBuffer.byteLength,
  compare: NodeBuffer.compare,
  poolSize: 0,
});

/** Puts the cover in the place of the engine's class. */
export function coverBuffer() {
  Object.setPrototypeOf(Buffer, Uint8Array);
  ObjectDefineProperties(Buffer, {
    prototype: { value: NodeBuffer.prototype, writable: false },
    [Symbol.species]: { get: () => FastBuffer, configurable: true },
  });
  ObjectDefineProperty(NodeBuffer.prototype, 'constructor', {
    value: Buffer,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

/** Exports of `node:buffer`. @param {any} scope the global object */
export function bufferModule(scope) {
  const { Blob, File, atob, btoa } = scope;
  const { constants, kMaxLength, kStringMaxLength, isAscii, isUtf8, transcode } = node;
  return {
    Blob, File, atob, btoa, Buffer, constants, kMaxLength, kStringMaxLength, isAscii, isUtf8,
    transcode, INSPECT_MAX_BYTES: 50,
  };
}
