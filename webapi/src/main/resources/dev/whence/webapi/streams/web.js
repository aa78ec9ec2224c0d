// @ts-check
/**
 * The engine's stream classes and their untouched methods.
 *
 * Loading them takes some milliseconds, so it happens when a stream is first needed: by the worker
 * (the globals are lazy) or by a body. The methods are captured at that moment, before a worker can
 * have reached the prototypes, and then replaced by those of `guards.js`.
 */

import {
  nodeRequire,
  ObjectDefineProperty,
  StringPrototypeStartsWith,
  uncurryGetter,
  uncurryThis,
} from '../core/primordials.js';
import { guardStreams } from './guards.js';
import { runPristine } from './pristine.js';

const { getOwnPropertySymbols: ObjectGetOwnPropertySymbols } = Object;
const { deleteProperty: ReflectDeleteProperty } = Reflect;
const symbolDescription = uncurryGetter(Symbol.prototype, 'description');

/** Globals that this module stands for. */
const NAMES = [
  'ReadableStream',
  'ReadableStreamDefaultReader',
  'ReadableStreamBYOBReader',
  'ReadableStreamBYOBRequest',
  'ReadableByteStreamController',
  'ReadableStreamDefaultController',
  'TransformStream',
  'TransformStreamDefaultController',
  'WritableStream',
  'WritableStreamDefaultController',
  'WritableStreamDefaultWriter',
  'ByteLengthQueuingStrategy',
  'CountQueuingStrategy',
  'TextEncoderStream',
  'TextDecoderStream',
];

/** @typedef {ReturnType<typeof load>} Web */

/** @type {Web | null} */
let loaded = null;

/** The engine's streams, captured. @returns {Web} */
export function web() {
  if (loaded === null) loaded = runPristine(load);
  return loaded;
}

/** True once a stream class may have been used. */
export function isWebLoaded() {
  return loaded !== null;
}

function load() {
  const classes = nodeRequire('node:stream/web');
  const readable = classes.ReadableStream.prototype;
  const reader = classes.ReadableStreamDefaultReader.prototype;
  const byteController = classes.ReadableByteStreamController.prototype;
  const byobRequest = classes.ReadableStreamBYOBRequest.prototype;
  const transform = classes.TransformStream.prototype;
  const transformController = classes.TransformStreamDefaultController.prototype;
  const captured = {
    classes,
    ReadableStream: classes.ReadableStream,
    TransformStream: classes.TransformStream,
    /** @type {(stream: any) => boolean} */
    isDisturbed: nodeRequire('node:stream').isDisturbed,
    /** @type {(stream: any) => boolean} */
    isLocked: uncurryGetter(readable, 'locked'),
    /** @type {(stream: any) => any} */
    getReader: uncurryThis(readable.getReader),
    /** @type {(stream: any) => [any, any]} */
    tee: uncurryThis(readable.tee),
    /** @type {(reader: any) => Promise<{done: boolean, value: any}>} */
    read: uncurryThis(reader.read),
    /** @type {(reader: any, reason?: any) => Promise<void>} */
    cancelReader: uncurryThis(reader.cancel),
    /** @type {(reader: any) => void} */
    releaseLock: uncurryThis(reader.releaseLock),
    /** @type {(controller: any, chunk: Uint8Array) => void} */
    byteEnqueue: uncurryThis(byteController.enqueue),
    /** @type {(controller: any) => void} */
    byteClose: uncurryThis(byteController.close),
    /** @type {(controller: any, error: any) => void} */
    byteError: uncurryThis(byteController.error),
    /** @type {(controller: any) => any} */
    getByobRequest: uncurryGetter(byteController, 'byobRequest'),
    /** @type {(request: any, written: number) => void} */
    respond: uncurryThis(byobRequest.respond),
    /** @type {(transform: any) => any} */
    getReadable: uncurryGetter(transform, 'readable'),
    /** @type {(transform: any) => any} */
    getWritable: uncurryGetter(transform, 'writable'),
    /** @type {(controller: any, chunk: any) => void} */
    transformEnqueue: uncurryThis(transformController.enqueue),
    /** @type {(controller: any, error: any) => void} */
    transformError: uncurryThis(transformController.error),
    /** @type {(controller: any) => void} */
    transformTerminate: uncurryThis(transformController.terminate),
  };
  removeTransfer(readable);
  removeTransfer(classes.WritableStream.prototype);
  removeTransfer(transform);
  captured.classes = { ...classes, ...guardStreams(classes) };
  return captured;
}

/** Makes the globals of the stream standard load on first use. @param {any} scope */
export function installLazyStreams(scope) {
  for (let i = 0; i < NAMES.length; i++) {
    const name = NAMES[i];
    lazyGlobal(scope, name, () => web().classes[name]);
  }
}

/**
 * A global whose value is made on first use.
 * @param {any} scope
 * @param {string} name
 * @param {() => any} make
 */
export function lazyGlobal(scope, name, make) {
  /** @param {any} value */
  const define = (value) =>
    ObjectDefineProperty(scope, name, {
      // @ts-ignore
      __proto__: null,
      value,
      writable: true,
      enumerable: false,
      configurable: true,
    });
  Reflect.deleteProperty(scope, name);
  ObjectDefineProperty(scope, name, {
    get() {
      const value = make();
      define(value);
      return value;
    },
    set: define,
    enumerable: false,
    configurable: true,
  });
}

/** The engine's way to send a stream to another thread opens ports: workers have none. @param {any} prototype */
function removeTransfer(prototype) {
  const symbols = ObjectGetOwnPropertySymbols(prototype);
  for (let i = 0; i < symbols.length; i++) {
    if (StringPrototypeStartsWith(`${symbolDescription(symbols[i])}`, 'messaging_')) {
      ReflectDeleteProperty(prototype, symbols[i]);
    }
  }
}
