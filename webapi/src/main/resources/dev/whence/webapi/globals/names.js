// @ts-check
/**
 * What a worker finds on its global object, and nothing else.
 */

/** @param {string} text @returns {string[]} */
const words = (text) => text.trim().split(/\s+/);

/** Of the language; `Intl` is there when the engine was built with it. */
const LANGUAGE = words(`
  AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array
  Boolean DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array
  Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON
  Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set
  SharedArrayBuffer String SuppressedError Symbol SyntaxError TypeError URIError Uint16Array
  Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent
  encodeURI encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined
  unescape
`);

/** Of the platform. */
const PLATFORM = words(`
  AbortController AbortSignal Blob ByteLengthQueuingStrategy Cache CacheStorage CompressionStream
  CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DecompressionStream ErrorEvent
  Event EventTarget ExtendableEvent FetchEvent File FixedLengthStream FormData Headers
  IdentityTransformStream Navigator Performance
  PromiseRejectionEvent ReadableByteStreamController ReadableStream ReadableStreamBYOBReader
  ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader Request
  Response ScheduledEvent Scheduler ServiceWorkerGlobalScope SubtleCrypto TextDecoder
  TextDecoderStream TextEncoder TextEncoderStream TransformStream TransformStreamDefaultController
  URL URLPattern URLSearchParams WebAssembly WorkerGlobalScope WritableStream
  WritableStreamDefaultController WritableStreamDefaultWriter addEventListener atob btoa caches
  clearInterval clearTimeout console crypto dispatchEvent fetch navigator performance
  queueMicrotask removeEventListener reportError scheduler self setInterval setTimeout
  structuredClone
`);

/**
 * Globals of the engine that it makes when they are first looked at, also by a redefinition, and
 * that are replaced or removed. Some would load its network parts.
 */
export const UNSEEN_NAMES = words(`
  ByteLengthQueuingStrategy CloseEvent CompressionStream CountQueuingStrategy Crypto
  DecompressionStream EventSource FormData Headers MessageEvent Navigator Performance
  ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest
  ReadableStreamDefaultController ReadableStreamDefaultReader Request Response Storage SubtleCrypto
  TextDecoderStream TextEncoderStream TransformStream TransformStreamDefaultController WebSocket
  WritableStream WritableStreamDefaultController WritableStreamDefaultWriter crypto fetch
  localStorage navigator performance sessionStorage
`);

/** With the compatibility flag nodejs_compat. */
export const NODE_NAMES = ['Buffer', 'process'];

/** All names without that flag. */
export const GLOBAL_NAMES = [...LANGUAGE, ...PLATFORM];
