// @ts-check
/**
 * Reading a body whole: text(), json(), arrayBuffer(), bytes(), blob() and formData().
 *
 * Content that is here is answered at once; host bytes are gathered from the host's chunks without
 * a stream in between; only a worker's own stream is read as a stream.
 */

import {
  JSONParse,
  NativeTypeError,
  NativeUint8Array,
  PromisePrototypeThen,
  PromiseReject,
  PromiseResolve,
  PromiseWithResolvers,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  utf8Decode,
  utf8Encode,
} from '../core/primordials.js';
import { current } from '../core/context.js';
import { deliver } from '../core/promises.js';
import { here, provenance } from '../core/provenance.js';
import { bufferOf, ByteGatherer, bytesOf, copyOf } from '../streams/bytes.js';
import { madeBehind, noteMade } from '../streams/made.js';
import { web } from '../streams/web.js';
import { BLOB, BYTES, NativeBlob, readBlob, TEXT } from './body.js';
import { parseFormData } from './formdata.js';

/** @typedef {import('./body.js').Body} Body */
/** @typedef {import('../streams/incoming.js').HostStream} HostStream */

/**
 * A form in which content is wanted: made from fresh bytes or from text.
 * @typedef {{fromBytes: (bytes: Uint8Array, type: string) => any, fromText: (text: string, type: string) => any}} Form
 */

/** What decoding the text's UTF-8 form gives. @param {string} text well-formed */
const decodedText = (text) =>
  text.length > 0 && StringPrototypeCharCodeAt(text, 0) === 0xfeff ? StringPrototypeSlice(text, 1) : text;

/** @type {Form} */
export const AS_TEXT = { fromBytes: utf8Decode, fromText: decodedText };
/** @type {Form} */
export const AS_JSON = {
  fromBytes: (bytes) => JSONParse(utf8Decode(bytes)),
  fromText: (text) => JSONParse(decodedText(text)),
};
/** @type {Form} */
export const AS_BUFFER = {
  fromBytes: bufferOf,
  fromText: (text) => bufferOf(utf8Encode(text)),
};
/** @type {Form} */
export const AS_BYTES = {
  fromBytes: (bytes) => new NativeUint8Array(bufferOf(bytes)),
  fromText: (text) => new NativeUint8Array(bufferOf(utf8Encode(text))),
};
/** @param {any} part @param {string} type */
const makeBlob = (part, type) => new NativeBlob([part], /** @type {any} */ ({ __proto__: null, type }));
/** @type {Form} */
export const AS_BLOB = {
  fromBytes: (bytes, type) => makeBlob(bytes, type),
  fromText: (text, type) => makeBlob(text, type),
};
/** @type {Form} */
export const AS_FORM_DATA = {
  fromBytes: parseFormData,
  fromText: (text, type) => parseFormData(utf8Encode(text), type),
};

const NOTHING = new NativeUint8Array(0);

/**
 * Reads a body to its end.
 * @param {Body | null} body
 * @param {Form} form
 * @param {string} type the content type of the whole message
 * @returns {Promise<any>}
 */
export function consume(body, form, type) {
  try {
    if (body === null) return PromiseResolve(form.fromBytes(NOTHING, type));
    const obstacle = body.obstacle();
    if (obstacle !== undefined) return PromiseReject(obstacle);
    if (body.form === TEXT) {
      body.claim();
      return PromiseResolve(form.fromText(body.source, type));
    }
    if (body.form === BYTES) {
      body.claim();
      return PromiseResolve(form.fromBytes(copyOf(body.source), type));
    }
    const host = body.host();
    if (host !== null) {
      body.claim();
      return gatherHost(host, form, type);
    }
    if (body.form === BLOB) {
      body.claim();
      return PromisePrototypeThen(readBlob(body.source), (/** @type {ArrayBuffer} */ buffer) =>
        form.fromBytes(new NativeUint8Array(buffer), type),
      );
    }
    const stream = body.view();
    body.used = true;
    return gatherStream(stream, form, type);
  } catch (error) {
    return PromiseReject(error);
  }
}

/** @param {HostStream} host @param {Form} form @param {string} type */
function gatherHost(host, form, type) {
  const { promise, resolve, reject } = PromiseWithResolvers();
  const gatherer = new ByteGatherer();
  host.start({
    chunk(bytes) {
      gatherer.add(bytes);
      return true;
    },
    end() {
      try {
        resolve(form.fromBytes(gatherer.join(), type));
      } catch (error) {
        reject(error);
      }
    },
    fail: reject,
  });
  host.ask();
  return promise;
}

/** @param {any} stream @param {Form} form @param {string} type */
function gatherStream(stream, form, type) {
  const { getReader, read, cancelReader } = web();
  const owner = current();
  const { promise, resolve, reject } = PromiseWithResolvers();
  if (provenance.sites) noteMade(promise, madeBehind(stream) ?? here());
  const reader = getReader(stream);
  const gatherer = new ByteGatherer();
  /** @param {() => void} settle */
  const finish = (settle) => {
    if (owner === null) settle();
    else deliver(owner, settle);
  };
  const fail = (/** @type {any} */ error) => finish(() => reject(error));
  const step = () => PromisePrototypeThen(read(reader), onResult, fail);
  /** @param {{done: boolean, value: any}} result */
  const onResult = (result) => {
    if (result.done) {
      finish(() => {
        try {
          resolve(form.fromBytes(gatherer.join(), type));
        } catch (error) {
          reject(error);
        }
      });
      return;
    }
    const value = result.value;
    const bytes = typeof value === 'string' ? utf8Encode(value) : bytesOf(value);
    if (bytes === undefined) {
      const error = new NativeTypeError('This ReadableStream did not return bytes.');
      PromisePrototypeThen(cancelReader(reader, error), undefined, () => {});
      fail(error);
      return;
    }
    gatherer.add(copyOf(bytes));
    step();
  };
  step();
  return promise;
}
