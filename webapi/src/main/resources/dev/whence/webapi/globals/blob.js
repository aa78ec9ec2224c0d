// @ts-check
/**
 * The stream of a Blob, without the engine's: that one takes its time from the engine's own loop,
 * where nobody could tell whose work it is.
 */

import {
  MathMin,
  NativeUint8Array,
  ObjectDefineProperty,
  PromisePrototypeThen,
  uncurryGetter,
  uncurryThis,
} from '../core/primordials.js';
import { web } from '../streams/web.js';

/** Bytes of a chunk. */
const CHUNK = 64 * 1024;

/** @param {any} scope the global object */
export function installBlob(scope) {
  const prototype = scope.Blob.prototype;
  const sizeOf = uncurryGetter(prototype, 'size');
  const slice = uncurryThis(prototype.slice);
  const arrayBuffer = uncurryThis(prototype.arrayBuffer);
  const methods = {
    /** @this {any} */
    stream() {
      const size = sizeOf(this);
      const { ReadableStream: NativeReadableStream, byteClose, byteEnqueue } = web();
      let at = 0;
      const source = {
        __proto__: null,
        type: 'bytes',
        pull: (/** @type {any} */ controller) => {
          if (at === size) {
            byteClose(controller);
            return undefined;
          }
          const end = MathMin(at + CHUNK, size);
          const part = slice(this, at, end);
          at = end;
          return PromisePrototypeThen(arrayBuffer(part), (/** @type {any} */ buffer) => {
            byteEnqueue(controller, new NativeUint8Array(buffer));
          });
        },
      };
      return new NativeReadableStream(source, { __proto__: null, highWaterMark: 0 });
    },
  };
  ObjectDefineProperty(prototype, 'stream', {
    value: methods.stream,
    writable: true,
    enumerable: true,
    configurable: true,
  });
  delete prototype.textStream;
}
