// @ts-check
/**
 * Hands the handler's Response to the host (workers-semantics.md, 6.5, 11.1 and 13).
 */

import { NativeError, NativeTypeError, NativeUint8Array, PromisePrototypeThen, utf8Encode } from '../core/primordials.js';
import { ERROR_RESPONSE, NOT_RESPONSE } from '../core/messages.js';
import { byteCapacity, emit, putBytes, putText } from '../core/outbox.js';
import { logException } from '../console/console.js';
import { byteLength, ByteGatherer } from '../streams/bytes.js';
import { Codec } from '../streams/codec.js';
import { heldBy } from '../streams/lifetime.js';
import { bytesSource, hostSource, Pump, streamSource } from '../streams/outgoing.js';
import { BLOB, BYTES, readBlob, TEXT } from './body.js';
import { contentCodingOf } from './coding.js';
import { isResponse, responseState } from './response.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('./body.js').Body} Body */
/** @typedef {import('./response.js').ResponseState} ResponseState */

const LATE_READ = "Can't read from request stream after response has been sent.";
const FAILED_READ = "Can't read from request stream after responding with an exception.";
const GONE_READ = "Can't read from request stream because client disconnected.";

/**
 * Answers a request.
 * @param {Context} context
 * @param {any} value what the handler's promise gave
 * @throws what makes it no answer; the caller reports it
 */
export function deliverResponse(context, value) {
  if (!isResponse(value)) throw new NativeTypeError(NOT_RESPONSE);
  const state = responseState(value);
  if (state.type === 'error') throw new NativeTypeError(ERROR_RESPONSE);
  const body = state.body;
  if (body === null) {
    answer(context, state, 'n\x000');
    finish(context);
    return;
  }
  const obstacle = body.obstacle();
  if (obstacle !== undefined) throw obstacle;
  const coding = state.manualEncoding ? '' : contentCodingOf(state.list);
  const host = body.host();
  if (host !== null && (host.encoding === coding || state.manualEncoding)) {
    body.claim();
    answer(context, state, 'i\0' + host.release());
    return;
  }
  // Workers encode for these two only; what says `deflate` is taken to be deflated.
  sendBody(context, state, body, coding === 'deflate' ? '' : coding);
}

/** @param {Context} context @param {ResponseState} state @param {Body} body @param {string} coding to be applied, or '' */
function sendBody(context, state, body, coding) {
  if (body.form === TEXT && coding === '') {
    body.claim();
    const written = putText(body.source);
    if (written >= 0) {
      answer(context, state, 'b\0' + written);
      finish(context);
      return;
    }
    sendBytes(context, state, utf8Encode(body.source));
  } else if (body.form === TEXT || body.form === BYTES) {
    body.claim();
    const bytes = body.form === TEXT ? utf8Encode(body.source) : body.source;
    sendBytes(context, state, coding === '' ? bytes : encodeWhole(bytes, coding));
  } else if (body.form === BLOB) {
    body.claim();
    PromisePrototypeThen(readBlob(body.source), (/** @type {ArrayBuffer} */ buffer) => {
      if (context.ended) return;
      const bytes = new NativeUint8Array(buffer);
      sendBytes(context, state, coding === '' ? bytes : encodeWhole(bytes, coding));
    });
  } else {
    sendStream(context, state, body, coding);
  }
}

/**
 * @param {Context} context
 * @param {ResponseState} state
 * @param {string} kind body kind and its number
 */
function answer(context, state, kind) {
  context.answered = true;
  // The host frames the body: a length set by hand could only be wrong. Without a body it tells
  // what a HEAD request asks for, and a piped body keeps its own.
  const first = kind[0];
  const isFramed = first === 'b' || first === 's';
  let headers;
  if (state.list !== null) {
    if (state.contentType !== '') {
      state.list.append('Content-Type', 'content-type', state.contentType);
      state.contentType = '';
    }
    headers = state.list.toFields(isFramed ? isFraming : null);
  } else if (state.contentType !== '') {
    headers = '1\0Content-Type\0' + state.contentType + '\0';
  } else {
    headers = '0\0';
  }
  emit('r\0' + context.id + '\0' + state.status + '\0' + state.statusText + '\0' + kind + '\0' + headers);
}

/** @param {string} name */
const isFraming = (name) => name === 'content-length';

/** The answer is complete: what is left of the request's body is out of reach (12.5). @param {Context} context */
function finish(context) {
  breakBody(context, new NativeTypeError(LATE_READ));
}

/** @param {Context} context @param {any} error for those who read the request's body from now on */
function breakBody(context, error) {
  const held = heldBy(context);
  if (held === null || held.body === null || held.body.finished) return;
  held.body.break(error);
}

/** The request failed: its body is out of reach (12.5). @param {Context} context */
export function handlerFailed(context) {
  breakBody(context, new NativeTypeError(FAILED_READ));
}

/** The client left, but background work goes on: its body is out of reach (12.5). @param {Context} context */
export function bodyGone(context) {
  breakBody(context, new NativeError(GONE_READ));
}

/** @param {Context} context @param {ResponseState} state @param {Uint8Array} bytes */
function sendBytes(context, state, bytes) {
  const length = byteLength(bytes);
  if (length <= byteCapacity()) {
    putBytes(bytes);
    answer(context, state, 'b\0' + length);
    finish(context);
    return;
  }
  const pump = makePump(context, length, null);
  answer(context, state, 's\0' + pump.id + ':' + length);
  pump.start(bytesSource(pump, bytes), true);
}

/** @param {Context} context @param {number} length @param {Codec | null} codec */
function makePump(context, length, codec) {
  return new Pump(
    context,
    length,
    codec,
    () => finish(context),
    (error) => logException(context, 'handler', error),
  );
}

/** @param {Context} context @param {ResponseState} state @param {Body} body @param {string} coding */
function sendStream(context, state, body, coding) {
  const host = body.host();
  const length = coding === '' ? body.length() : -1;
  const pump = makePump(context, length, coding === '' ? null : new Codec(coding, true));
  pump.body = body;
  const source = host !== null ? hostSource(pump, host) : streamSource(pump, body.view(), body.frame);
  if (host !== null) body.claim();
  body.used = true;
  answer(context, state, 's\0' + pump.id + ':' + length);
  pump.start(source, true);
}

/** @param {Uint8Array} bytes @param {string} coding @returns {Uint8Array} */
function encodeWhole(bytes, coding) {
  const codec = new Codec(coding, true);
  const gatherer = new ByteGatherer();
  codec.write(bytes);
  for (let piece = codec.next(); piece !== null; piece = codec.next()) gatherer.add(piece);
  codec.finish();
  for (let piece = codec.next(); piece !== null; piece = codec.next()) gatherer.add(piece);
  codec.close();
  return gatherer.join();
}
