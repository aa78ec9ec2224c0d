// @ts-check
/**
 * Compression without threads: the engine's zlib and brotli called synchronously, piece by piece.
 *
 * A piece of output is at most 64 KiB, so that a small input cannot fill the memory at one go; and
 * since nothing happens on another thread, the order of a worker's work does not depend on timing.
 */

import { NativeTypeError, NativeUint8Array, nodeRequire } from '../core/primordials.js';
import { byteLength, copyOf, viewOf } from './bytes.js';
import { runPristine } from './pristine.js';
import { detachClass } from '../fetch/expose.js';

const PIECE = 64 * 1024;

/** Where the engine writes; copied at once. @type {Uint8Array | null} */
let scratch = null;

const EMPTY = new NativeUint8Array(0);

/** Class of the engine by format. @type {Record<string, {encoder: string, decoder: string, brotli: boolean}>} */
const FORMATS = /** @type {any} */ ({
  __proto__: null,
  gzip: { encoder: 'Gzip', decoder: 'Gunzip', brotli: false },
  deflate: { encoder: 'Deflate', decoder: 'Inflate', brotli: false },
  'deflate-raw': { encoder: 'DeflateRaw', decoder: 'InflateRaw', brotli: false },
  br: { encoder: 'BrotliCompress', decoder: 'BrotliDecompress', brotli: true },
});

/** @param {string} format */
export function isFormat(format) {
  return FORMATS[format] !== undefined;
}

/** One compression or decompression under way. */
export class Codec {
  /** @param {string} format one of gzip, deflate, deflate-raw, br @param {boolean} encodes */
  constructor(format, encodes) {
    const kind = FORMATS[format];
    const type = encodes ? kind.encoder : kind.decoder;
    /** @type {any} */
    const engine = runPristine(() => new (nodeRequire('node:zlib')[type])());
    this.handle = engine._handle;
    /** After a write: free output, unread input. @type {Uint32Array} */
    this.state = engine._writeState;
    this.encodes = encodes;
    this.brotli = kind.brotli;
    /** @type {string | null} */
    this.failure = null;
    this.handle.onerror = (/** @type {string} */ message) => {
      this.failure = message;
    };
    /** @type {Uint8Array} */
    this.input = EMPTY;
    this.flag = 0;
    /** The last call filled its output: there may be more. */
    this.hasMore = false;
    this.closed = false;
  }

  /** Gives input; all output must be taken with `next` before more is given. @param {Uint8Array} bytes */
  write(bytes) {
    this.input = bytes;
    this.flag = 0;
    this.hasMore = byteLength(bytes) > 0;
  }

  /** Makes all that was written so far come out; `next` follows. */
  flush() {
    this.input = EMPTY;
    this.flag = this.brotli ? 1 : 2;
    this.hasMore = true;
  }

  /** No more input; `next` follows. */
  finish() {
    this.input = EMPTY;
    this.flag = this.brotli ? 2 : 4;
    this.hasMore = true;
  }

  /**
   * The next piece of output; null when there is none until more is written.
   * @returns {Uint8Array | null}
   * @throws {TypeError} when the input is corrupt, cut short, or followed by something else
   */
  next() {
    while (this.hasMore && !this.closed) {
      if (scratch === null) scratch = new NativeUint8Array(PIECE);
      const given = byteLength(this.input);
      this.handle.writeSync(this.flag, this.input, 0, given, scratch, 0, PIECE);
      if (this.failure !== null) {
        this.close();
        throw new NativeTypeError(
          (this.encodes ? 'Compression' : 'Decompression') + ' failed: ' + this.failure + '.',
        );
      }
      const free = this.state[0];
      const unread = this.state[1];
      this.input = unread === 0 ? EMPTY : viewOf(this.input, given - unread, given);
      this.hasMore = free === 0;
      if (unread > 0 && free > 0) {
        this.close();
        throw new NativeTypeError(
          'Decompression failed: unexpected data after the end of the compressed stream.',
        );
      }
      if (free < PIECE) return copyOf(viewOf(scratch, 0, PIECE - free));
    }
    return null;
  }

  /** Gives the engine's memory back. */
  close() {
    if (this.closed) return;
    this.closed = true;
    this.input = EMPTY;
    this.handle.close();
  }
}
detachClass(Codec);
