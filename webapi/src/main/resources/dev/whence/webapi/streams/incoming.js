// @ts-check
/**
 * Bytes that the host holds for a request: its own body, or that of a subrequest's response.
 *
 * The host sends a chunk only when asked (`p`), and answers each question in a turn of the owner:
 * `B` a chunk, `E` the end, `X` a failure. While a question is open the owner has a pending event.
 * Until the first question the bytes may also be piped from host to host without coming here.
 */

import { NativeError, NativeTypeError, SafeMap, StringPrototypeCharCodeAt } from '../core/primordials.js';
import { emit } from '../core/outbox.js';
import { copyOf, viewOf } from './bytes.js';
import { Codec } from './codec.js';
import { dropWithRequest, letGo } from './lifetime.js';
import { bind, BODY_TYPE } from './ownership.js';
import { web } from './web.js';
import { detachClass } from '../fetch/expose.js';

/** @typedef {import('../core/context.js').Context} Context */
/**
 * @typedef {object} Consumer who takes the bytes
 * @property {(bytes: Uint8Array) => boolean} chunk gets fresh memory; tells if it wants more at once
 * @property {() => void} end
 * @property {(error: any) => void} fail
 */

/** Streams that may still be asked, by the host's number. @type {Map<number, HostStream>} */
const streams = new SafeMap();

export class HostStream {
  /** @param {Context} context @param {number} id the host's number @param {string} encoding content coding to undo, or '' */
  constructor(context, id, encoding) {
    this.context = context;
    this.id = id;
    this.encoding = encoding;
    /** Somebody reads it, pipes it, or has cancelled it: it is no longer whole. */
    this.started = false;
    this.asked = false;
    this.finished = false;
    /** Why it broke before it was read. @type {any} */
    this.failure = undefined;
    /** @type {Consumer | null} */
    this.consumer = null;
    /** @type {Codec | null} */
    this.codec = null;
    /** Where its fetch was called, if sites are kept; null for the client's own body. @type {Error | null} */
    this.at = null;
    /** Told when nothing more will come. @type {(() => void) | null} */
    this.whenFinished = null;
    streams.set(id, this);
    dropWithRequest(context, this);
  }

  /** Starts reading; only once. The first chunk comes after `ask`. @param {Consumer} consumer */
  start(consumer) {
    this.started = true;
    this.consumer = consumer;
  }

  /** Gives the stream to the host, which sends it on by itself. @returns {number} its number */
  release() {
    this.started = true;
    this.close();
    return this.id;
  }

  /** The consumer wants a chunk, or the end. */
  ask() {
    if (this.finished || this.asked) return;
    if (this.failure !== undefined) {
      this.failWith(this.failure);
      return;
    }
    if (this.codec !== null && !this.offerDecoded()) return;
    this.asked = true;
    emit('p\0' + this.id + '\0');
  }

  /** Nobody wants the rest. */
  cancel() {
    this.started = true;
    if (this.finished) return;
    this.close();
    emit('k\0' + this.id + '\0');
  }

  /** Breaks the stream from this side (an aborted fetch). @param {any} error */
  break(error) {
    if (this.finished) return;
    emit('k\0' + this.id + '\0');
    if (this.consumer !== null) this.failWith(error);
    else this.failure = error;
  }

  /** @param {Uint8Array} bytes memory of the host, valid during this call */
  onChunk(bytes) {
    this.asked = false;
    if (this.finished) return;
    if (this.encoding !== '') {
      this.decode(copyOf(bytes));
      return;
    }
    if (/** @type {Consumer} */ (this.consumer).chunk(copyOf(bytes))) this.ask();
  }

  onEnd() {
    this.asked = false;
    if (this.finished) return;
    if (this.codec !== null) {
      this.codec.finish();
      try {
        for (let piece = this.codec.next(); piece !== null; piece = this.codec.next()) {
          /** @type {Consumer} */ (this.consumer).chunk(piece);
        }
      } catch (error) {
        this.failWith(error);
        return;
      }
    }
    const consumer = /** @type {Consumer} */ (this.consumer);
    this.close();
    consumer.end();
  }

  /** @param {string} message */
  onFailure(message) {
    this.asked = false;
    if (!this.finished) this.failWith(errorOf(message));
  }

  /** @param {any} error */
  failWith(error) {
    const consumer = /** @type {Consumer} */ (this.consumer);
    this.close();
    consumer.fail(error);
  }

  close() {
    this.drop();
    letGo(this.context, this);
    if (this.whenFinished !== null) this.whenFinished();
  }

  drop() {
    this.finished = true;
    streams.delete(this.id);
    if (this.codec !== null) this.codec.close();
  }

  /** @param {Uint8Array} bytes */
  decode(bytes) {
    if (this.codec === null) this.codec = new Codec(formatFor(this.encoding, bytes), false);
    this.codec.write(bytes);
    if (this.offerDecoded()) this.ask();
  }

  /** Hands out decoded pieces as long as they are wanted. @returns {boolean} true when more input is needed */
  offerDecoded() {
    const codec = /** @type {Codec} */ (this.codec);
    const consumer = /** @type {Consumer} */ (this.consumer);
    try {
      for (;;) {
        const piece = codec.next();
        if (piece === null) return !this.finished;
        if (!consumer.chunk(piece)) return false;
      }
    } catch (error) {
      emit('k\0' + this.id + '\0');
      this.failWith(error);
      return false;
    }
  }
}
detachClass(HostStream);

/** Some servers send the raw form under the name `deflate`. @param {string} encoding @param {Uint8Array} bytes */
function formatFor(encoding, bytes) {
  if (encoding !== 'deflate') return encoding;
  return (bytes[0] & 0x0f) === 8 ? 'deflate' : 'deflate-raw';
}

/** @param {string} message */
function errorOf(message) {
  // Rule 12.5: reading too late is a TypeError, a lost connection is not.
  const late = "Can't read from request stream after respon";
  if (message.length > late.length) {
    let i = 0;
    while (i < late.length && StringPrototypeCharCodeAt(message, i) === StringPrototypeCharCodeAt(late, i))
      i++;
    if (i === late.length) return new NativeTypeError(message);
  }
  return new NativeError(message);
}

/**
 * The worker's view of a host stream: a byte stream bound to the owner.
 * @param {HostStream} host
 * @returns {ReadableStream}
 */
export function openHostStream(host) {
  const { ReadableStream, byteEnqueue, byteClose, byteError, getByobRequest, respond } = web();
  /** @type {any} */
  let controller;
  /** @type {Consumer} */
  const consumer = {
    chunk(bytes) {
      byteEnqueue(controller, bytes);
      return false;
    },
    end() {
      byteClose(controller);
      const request = getByobRequest(controller);
      if (request !== null && request !== undefined) respond(request, 0);
    },
    fail(error) {
      byteError(controller, error);
    },
  };
  const stream = new ReadableStream(
    /** @type {any} */ ({
      __proto__: null,
      type: 'bytes',
      start(/** @type {any} */ given) {
        controller = given;
      },
      pull() {
        if (!host.started) host.start(consumer);
        host.ask();
      },
      cancel() {
        host.cancel();
      },
    }),
    /** @type {any} */ ({ __proto__: null, highWaterMark: 0 }),
  );
  bind(stream, host.context, BODY_TYPE, host);
  return stream;
}

/**
 * A turn that answers a question.
 * @param {string} code
 * @param {number} id
 * @param {string} arg
 * @param {Uint8Array} inbound the host's memory; the chunk is at its start
 */
export function incomingTurn(code, id, arg, inbound) {
  const stream = streams.get(id);
  if (stream === undefined) return;
  if (code === 'B') stream.onChunk(viewOf(inbound, 0, +arg));
  else if (code === 'E') stream.onEnd();
  else stream.onFailure(arg);
}
