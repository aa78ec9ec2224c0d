// @ts-check
/**
 * CompressionStream and DecompressionStream (Compression standard), and Workers' IdentityTransformStream
 * and FixedLengthStream: transforms over bytes that belong to the request that made them (6.2, 7.1).
 */

import { NativeTypeError, ObjectDefineProperty } from '../core/primordials.js';
import { requireCurrent } from '../core/context.js';
import { byteLength, bytesOf, copyOf } from './bytes.js';
import { Codec, isFormat } from './codec.js';
import { dropWithRequest, letGo } from './lifetime.js';
import { bind, BODY_TYPE, setFixedLength, TRANSFORM_TYPE } from './ownership.js';
import { lazyGlobal, web } from './web.js';
import { exposeClass, exposeGlobal } from '../fetch/expose.js';

/** @typedef {import('../core/context.js').Context} Context */

const NO_BYTES =
  'This TransformStream is being used as a byte stream, but received an object of ' +
  'non-ArrayBuffer/ArrayBufferView type on its writable side.';

/**
 * A bound byte transform.
 * @param {Context} owner
 * @param {(bytes: Uint8Array, push: (piece: Uint8Array) => void) => void} transform
 * @param {(push: (piece: Uint8Array) => void) => void} flush
 * @returns {{readable: any, writable: any}}
 */
function byteTransform(owner, transform, flush) {
  const { TransformStream, transformEnqueue, getReadable, getWritable } = web();
  /** @type {any} */
  let controller;
  /** @param {Uint8Array} piece */
  const push = (piece) => transformEnqueue(controller, piece);
  const stream = new TransformStream(
    /** @type {any} */ ({
      __proto__: null,
      start(/** @type {any} */ given) {
        controller = given;
      },
      transform(/** @type {any} */ chunk) {
        const bytes = bytesOf(chunk);
        if (bytes === undefined) {
          throw new NativeTypeError(NO_BYTES);
        }
        transform(bytes, push);
      },
      flush() {
        flush(push);
      },
    }),
  );
  const readable = getReadable(stream);
  const writable = getWritable(stream);
  bind(readable, owner, BODY_TYPE, null);
  bind(writable, owner, TRANSFORM_TYPE, null);
  return { readable, writable };
}

/** @param {any} format @param {boolean} encodes @param {string} name */
function codecTransform(format, encodes, name) {
  const text = `${format}`;
  if (!isFormat(text)) {
    throw new NativeTypeError(
      "Failed to construct '" +
        name +
        "': The compression format must be one of 'deflate', 'deflate-raw', 'gzip' or 'br'.",
    );
  }
  const owner = requireCurrent();
  const codec = new Codec(text, encodes);
  const lifetime = { drop: () => codec.close() };
  dropWithRequest(owner, lifetime);
  /** @param {(piece: Uint8Array) => void} push */
  const drain = (push) => {
    for (let piece = codec.next(); piece !== null; piece = codec.next()) push(piece);
  };
  return byteTransform(
    owner,
    (bytes, push) => {
      codec.write(bytes);
      drain(push);
    },
    (push) => {
      codec.finish();
      drain(push);
      codec.close();
      letGo(owner, lifetime);
    },
  );
}

export class CompressionStream {
  #ends;

  /** @param {string} format */
  constructor(format) {
    this.#ends = codecTransform(format, true, 'CompressionStream');
  }

  get readable() {
    return this.#ends.readable;
  }

  get writable() {
    return this.#ends.writable;
  }
}

export class DecompressionStream {
  #ends;

  /** @param {string} format */
  constructor(format) {
    this.#ends = codecTransform(format, false, 'DecompressionStream');
  }

  get readable() {
    return this.#ends.readable;
  }

  get writable() {
    return this.#ends.writable;
  }
}
exposeClass(CompressionStream, 'CompressionStream');
exposeClass(DecompressionStream, 'DecompressionStream');

/** Defines the compression globals and those that wait for the stream classes. @param {any} scope */
export function installTransforms(scope) {
  exposeGlobal(scope, 'CompressionStream', CompressionStream);
  exposeGlobal(scope, 'DecompressionStream', DecompressionStream);
  const identity = () => (identityClasses === null ? (identityClasses = makeIdentity()) : identityClasses);
  lazyGlobal(scope, 'IdentityTransformStream', () => identity().IdentityTransformStream);
  lazyGlobal(scope, 'FixedLengthStream', () => identity().FixedLengthStream);
}

/** @type {ReturnType<typeof makeIdentity> | null} */
let identityClasses = null;

/** Subclasses of the engine's TransformStream, so made when that is loaded. */
function makeIdentity() {
  const { TransformStream } = web();

  class IdentityTransformStream extends TransformStream {
    #ends;

    constructor() {
      const owner = requireCurrent();
      super();
      this.#ends = byteTransform(
        owner,
        (bytes, push) => push(copyOf(bytes)),
        () => {},
      );
    }

    get readable() {
      return this.#ends.readable;
    }

    get writable() {
      return this.#ends.writable;
    }
  }

  class FixedLengthStream extends TransformStream {
    #ends;

    /** @param {number | bigint} length */
    constructor(length) {
      const owner = requireCurrent();
      const expected = +`${length}`;
      if (!(expected >= 0) || expected > 9007199254740991 || expected % 1 !== 0) {
        throw new NativeTypeError('FixedLengthStream requires an integer expected length >= 0.');
      }
      super();
      let left = expected;
      this.#ends = byteTransform(
        owner,
        (bytes, push) => {
          left -= byteLength(bytes);
          if (left < 0) {
            throw new NativeTypeError('Attempt to write too many bytes through a FixedLengthStream.');
          }
          push(copyOf(bytes));
        },
        () => {
          if (left > 0) {
            throw new NativeTypeError('FixedLengthStream did not see all expected bytes before close().');
          }
        },
      );
      setFixedLength(this.#ends.readable, expected);
    }

    get readable() {
      return this.#ends.readable;
    }

    get writable() {
      return this.#ends.writable;
    }
  }
  exposeClass(IdentityTransformStream, 'IdentityTransformStream');
  exposeClass(FixedLengthStream, 'FixedLengthStream');
  ObjectDefineProperty(FixedLengthStream, 'length', { value: 1, configurable: true });
  return { IdentityTransformStream, FixedLengthStream };
}
