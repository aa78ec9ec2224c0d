// @ts-check
/**
 * Pumps: carry a body to the host chunk by chunk (`c`), then `e`; or `x` when it breaks.
 *
 * One chunk is under way at a time; the host's `W` turn asks for the next. While a pump waits for a
 * stream that a worker made, nothing is pending on its behalf, so that a stream that nobody will
 * ever feed is found hung (workers-semantics.md, 2.8).
 */

import { NativeTypeError, PromisePrototypeThen, SafeMap, utf8Encode } from '../core/primordials.js';
import { enqueue, nextToken, runInFrame, turnContext } from '../core/context.js';
import { byteCapacity, emit, field, putBytes } from '../core/outbox.js';
import { byteLength, bytesOf, viewOf } from './bytes.js';
import { dropWithRequest, heldBy, holdAnswer, letGo } from './lifetime.js';
import { web } from './web.js';
import { detachClass } from '../fetch/expose.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('./incoming.js').HostStream} HostStream */
/** @typedef {import('./codec.js').Codec} Codec */

/**
 * @typedef {object} Source where a pump's bytes come from
 * @property {() => void} ask wants one call of the pump's `take`, `finish` or `fail`
 * @property {() => void} stop the receiver has left
 */

/** Pumps that the host may ask for more, by stream number. @type {Map<number, Pump>} */
const pumps = new SafeMap();

export class Pump {
  /**
   * @param {Context} context
   * @param {number} length bytes that must come, or -1
   * @param {Codec | null} codec encodes what passes
   * @param {() => void} whenDone
   * @param {(error: any) => void} whenFailed
   */
  constructor(context, length, codec, whenDone, whenFailed) {
    this.context = context;
    this.id = nextToken();
    this.left = length;
    this.codec = codec;
    this.whenDone = whenDone;
    this.whenFailed = whenFailed;
    /** @type {Source | null} */
    this.source = null;
    /** What is not handed over yet of the current chunk. @type {Uint8Array | null} */
    this.rest = null;
    /** The encoder has given out all that was written to it. */
    this.drained = true;
    this.ended = false;
    this.closed = false;
    /** It carries the answer, which the request waits for. */
    this.isAnswer = false;
    /** What it carries, if that is a worker's stream. @type {import('../fetch/body.js').Body | null} */
    this.body = null;
    pumps.set(this.id, this);
    dropWithRequest(context, this);
  }

  /** Begins. @param {Source} source @param {boolean} isAnswer */
  start(source, isAnswer) {
    this.source = source;
    this.isAnswer = isAnswer;
    if (isAnswer) {
      this.context.streams++;
      holdAnswer(this.context, this);
    }
    source.ask();
  }

  /** A chunk from the source. @param {any} chunk */
  take(chunk) {
    if (this.closed) return;
    const bytes = typeof chunk === 'string' ? utf8Encode(chunk) : bytesOf(chunk);
    if (bytes === undefined) {
      this.stopSource();
      this.fail(new NativeTypeError('This ReadableStream did not return bytes.'));
      return;
    }
    if (this.codec === null) {
      this.rest = bytes;
    } else {
      this.codec.write(bytes);
      this.drained = false;
    }
    this.advance();
  }

  /** The source is done. */
  finish() {
    if (this.closed) return;
    this.ended = true;
    if (this.codec !== null) {
      this.codec.finish();
      this.drained = true;
    }
    this.advance();
  }

  /** Sends the next piece, or asks for one. */
  advance() {
    while (!this.closed) {
      const piece = this.nextPiece();
      if (piece !== null) {
        if (byteLength(piece) === 0) continue;
        this.send(piece);
        return;
      }
      if (this.ended) {
        this.complete();
        return;
      }
      /** @type {Source} */ (this.source).ask();
      return;
    }
  }

  /** @returns {Uint8Array | null} */
  nextPiece() {
    if (this.rest === null && this.codec !== null) {
      this.rest = this.codec.next();
      if (this.rest === null && !this.drained) {
        // What was written shall reach the client now, not when the encoder sees fit.
        this.drained = true;
        this.codec.flush();
        this.rest = this.codec.next();
      }
    }
    const rest = this.rest;
    if (rest === null) return null;
    const limit = byteCapacity();
    const length = byteLength(rest);
    if (length <= limit) {
      this.rest = null;
      return rest;
    }
    this.rest = viewOf(rest, limit, length);
    return viewOf(rest, 0, limit);
  }

  /** @param {Uint8Array} piece */
  send(piece) {
    const length = byteLength(piece);
    if (this.left >= 0) {
      if (length > this.left) {
        this.stopSource();
        this.fail(new NativeTypeError('Attempt to write too many bytes through a FixedLengthStream.'));
        return;
      }
      this.left -= length;
    }
    putBytes(piece);
    emit('c\0' + this.id + '\0' + length + '\0');
  }

  complete() {
    if (this.left > 0) {
      this.fail(new NativeTypeError('FixedLengthStream did not see all expected bytes before close().'));
      return;
    }
    this.close();
    emit('e\0' + this.id + '\0');
    this.whenDone();
  }

  /** The body broke: the transfer is cut. @param {any} error */
  fail(error) {
    if (this.closed) return;
    this.close();
    emit('x\0' + this.id + '\0' + field(describe(error)) + '\0');
    this.whenFailed(error);
  }

  /** Nobody will receive the rest (13.3). */
  leave() {
    if (this.closed) return;
    this.close();
    this.stopSource();
  }

  stopSource() {
    const source = this.source;
    this.source = null;
    this.ended = true;
    if (source !== null) source.stop();
  }

  drop() {
    this.closed = true;
    this.rest = null;
    pumps.delete(this.id);
    if (this.codec !== null) this.codec.close();
  }

  close() {
    if (this.closed) return;
    this.drop();
    letGo(this.context, this);
    if (this.isAnswer && !this.context.ended) this.context.streams--;
  }
}
detachClass(Pump);

/** @param {any} error */
function describe(error) {
  try {
    return `${error}`;
  } catch {
    return 'unknown error';
  }
}

/**
 * A source over a ReadableStream, which becomes locked.
 * @param {Pump} pump
 * @param {any} stream
 * @param {import('../core/context.js').Frame | null} frame in which its `pull` runs, so that it finds
 *   the values of the worker's AsyncLocalStorage; ignored when it is another request's
 * @returns {Source}
 */
export function streamSource(pump, stream, frame) {
  const { getReader, read, cancelReader } = web();
  const context = pump.context;
  const reader = getReader(stream);
  /** @param {{done: boolean, value: any}} result */
  const onResult = (result) => {
    if (turnContext() !== context) enqueue(context, () => settle(result));
    else settle(result);
  };
  /** @param {{done: boolean, value: any}} result */
  const settle = (result) => {
    if (result.done) pump.finish();
    else pump.take(result.value);
  };
  /** @param {any} error */
  const onError = (error) => {
    if (turnContext() !== context) enqueue(context, () => pump.fail(error));
    else pump.fail(error);
  };
  const ask = () => {
    PromisePrototypeThen(read(reader), onResult, onError);
  };
  const isOwnFrame = frame !== null && frame.context === context;
  return {
    ask() {
      if (isOwnFrame) runInFrame(frame, ask);
      else ask();
    },
    stop() {
      PromisePrototypeThen(cancelReader(reader, undefined), undefined, () => {});
    },
  };
}

/**
 * A source over host bytes that pass through JavaScript (to be decoded or encoded).
 * @param {Pump} pump
 * @param {HostStream} host
 * @returns {Source}
 */
export function hostSource(pump, host) {
  host.start({
    chunk(bytes) {
      pump.take(bytes);
      return false;
    },
    end: () => pump.finish(),
    fail: (error) => pump.fail(error),
  });
  return { ask: () => host.ask(), stop: () => host.cancel() };
}

/**
 * A source over bytes that are all there.
 * @param {Pump} pump
 * @param {Uint8Array} bytes
 * @returns {Source}
 */
export function bytesSource(pump, bytes) {
  let given = false;
  return {
    ask() {
      if (given) {
        pump.finish();
        return;
      }
      given = true;
      pump.take(bytes);
    },
    stop() {},
  };
}

/** The host has room for the next chunk. @param {number} id */
export function writableTurn(id) {
  const pump = pumps.get(id);
  if (pump !== undefined) pump.advance();
}

/** The client left: the source of its answer hears `cancel(undefined)` (13.3). @param {Context} context */
export function cancelAnswer(context) {
  const held = heldBy(context);
  if (held !== null && held.answer !== null) held.answer.leave();
}
