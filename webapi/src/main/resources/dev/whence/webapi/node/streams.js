// @ts-check
/**
 * `node:events`, `node:stream` and its parts: the engine's, locked, because the engine's own emitters
 * and streams share their prototypes.
 */

import { nodeRequire } from '../core/primordials.js';
import { lock } from './lock.js';

let locked = false;

/** Locks all that these modules share with the engine. Idempotent. */
function lockAll() {
  if (locked) return;
  locked = true;
  const EventEmitter = nodeRequire('node:events');
  // It would restore the frame of another request.
  delete EventEmitter.EventEmitterAsyncResource;
  const Stream = nodeRequire('node:stream');
  // These change what all streams of the isolate do.
  delete Stream.setDefaultHighWaterMark;
  delete Stream._uint8ArrayToBuffer;
  delete Stream._isArrayBufferView;
  delete Stream._isUint8Array;
  Object.freeze(Stream.promises);
  const { Readable, Writable, Duplex, Transform, PassThrough } = Stream;
  const shared = [
    EventEmitter, Stream, Object.getPrototypeOf(Readable), Readable, Writable, Duplex, Transform,
    PassThrough,
  ];
  for (const type of new Set(shared)) {
    lock(type.prototype);
    lock(type);
  }
  for (const state of [Readable.ReadableState, Writable.WritableState]) {
    if (state !== undefined) lock(state.prototype);
  }
}

/** Exports of `node:events`. */
export function events() {
  lockAll();
  return nodeRequire('node:events');
}

/** Exports of `node:stream`. */
export function stream() {
  lockAll();
  return nodeRequire('node:stream');
}

/** Exports of `node:stream/promises`. */
export function streamPromises() {
  lockAll();
  return { ...nodeRequire('node:stream/promises') };
}

/** Exports of `node:stream/consumers`. */
export function streamConsumers() {
  lockAll();
  return { ...nodeRequire('node:stream/consumers') };
}

const WEB = [
  'ByteLengthQueuingStrategy', 'CompressionStream', 'CountQueuingStrategy', 'DecompressionStream',
  'ReadableByteStreamController', 'ReadableStream', 'ReadableStreamBYOBReader',
  'ReadableStreamBYOBRequest', 'ReadableStreamDefaultController', 'ReadableStreamDefaultReader',
  'TextDecoderStream', 'TextEncoderStream', 'TransformStream', 'TransformStreamDefaultController',
  'WritableStream', 'WritableStreamDefaultController', 'WritableStreamDefaultWriter',
];

/** Exports of `node:stream/web`: the same classes as on the global object. @param {any} scope */
export function streamWeb(scope) {
  /** @type {any} */
  const exports = {};
  for (const name of WEB) exports[name] = scope[name];
  return exports;
}
