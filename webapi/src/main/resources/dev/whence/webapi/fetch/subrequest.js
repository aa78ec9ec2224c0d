// @ts-check
/**
 * The global fetch(): subrequests of a request, a hop at a time (Fetch standard, 4.4 to 4.6).
 *
 * The host performs one exchange for each `f` command; redirects are followed here. All promises
 * belong to the request that called fetch, and all that settles them is a turn of that request.
 */

import {
  NativeError,
  NativeTypeError,
  NativeUint8Array,
  PromisePrototypeThen,
  PromiseReject,
  PromiseResolve,
  PromiseWithResolvers,
  SafeMap,
  SafeSet,
  uncurryGetter,
  uncurryThis,
  utf8Encode,
} from '../core/primordials.js';
import { current, nextToken, workKey } from '../core/context.js';
import { GLOBAL_SCOPE } from '../core/messages.js';
import { byteCapacity, emit, field, putBytes, putText } from '../core/outbox.js';
import { deliver } from '../core/promises.js';
import { forgetWork, hereIfSites, noteWork } from '../core/provenance.js';
import { byteLength } from '../streams/bytes.js';
import { HostStream } from '../streams/incoming.js';
import { dropWithRequest, letGo } from '../streams/lifetime.js';
import { bytesSource, hostSource, Pump, streamSource } from '../streams/outgoing.js';
import { BLOB, Body, BYTES, HOST, readBlob, STREAM, TEXT } from './body.js';
import { contentCodingOf } from './coding.js';
import { fetchData } from './data-url.js';
import { hostHeaderList } from './header-list.js';
import { nextHop, redirectTarget } from './redirect.js';
import { makeState, requestHeaderList, urlOf } from './request.js';
import { isNullBodyStatus, ResponseState, wrapResponse } from './response.js';
import { isHttp, protocolOf, withoutFragment } from './url.js';
import { detachClass } from './expose.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('./request.js').RequestState} RequestState */

const signalAborted = uncurryGetter(globalThis.AbortSignal.prototype, 'aborted');
const signalReason = uncurryGetter(globalThis.AbortSignal.prototype, 'reason');
const addListener = uncurryThis(EventTarget.prototype.addEventListener);
const removeListener = uncurryThis(EventTarget.prototype.removeEventListener);

const NO_REPLAY =
  'A request with a one-time-use body (it was initialized from a stream, not a buffer) encountered a ' +
  'redirect requiring the body to be retransmitted. To avoid this error in the future, construct this ' +
  'request from a buffer-like body initializer.';

/** Fields that the transport makes itself. @type {Set<string>} */
const FRAMING = new SafeSet();
FRAMING.add('connection');
FRAMING.add('content-length');
FRAMING.add('expect');
FRAMING.add('host');
FRAMING.add('keep-alive');
FRAMING.add('proxy-connection');
FRAMING.add('te');
FRAMING.add('trailer');
FRAMING.add('transfer-encoding');
FRAMING.add('upgrade');
/** @param {string} name */
const isFraming = (name) => FRAMING.has(name);

/** Hops that the host works on, by their token. @type {Map<number, Subrequest>} */
const hops = new SafeMap();

/** One call of fetch(), over all its hops. */
class Subrequest {
  /** @param {Context} context @param {RequestState} state */
  constructor(context, state) {
    const { promise, resolve, reject } = PromiseWithResolvers();
    this.context = context;
    this.promise = promise;
    this.resolve = resolve;
    this.reject = reject;
    this.method = state.method;
    this.url = urlOf(state);
    this.list = requestHeaderList(state);
    this.body = state.body;
    this.redirect = state.redirect;
    /** Redirects followed so far. */
    this.redirects = 0;
    this.op = 0;
    this.settled = false;
    /** Where fetch was called, if sites are kept. */
    this.at = hereIfSites();
    /** @type {Pump | null} */
    this.upload = null;
    /** @type {HostStream | null} */
    this.download = null;
    this.signal = state.source;
    this.onAbort = () => {
      // Others may send the event as well, and from another request.
      if (this.signal !== null && signalAborted(this.signal)) {
        const reason = signalReason(this.signal);
        deliver(context, () => this.abort(reason));
      }
    };
    dropWithRequest(context, this);
  }

  start() {
    if (this.signal !== null) {
      addListener(this.signal, 'abort', this.onAbort, { __proto__: null, once: true });
    }
    const body = this.body;
    if (body !== null && body.form === BLOB) {
      PromisePrototypeThen(
        readBlob(body.source),
        (/** @type {ArrayBuffer} */ buffer) => {
          this.body = new Body(BYTES, new NativeUint8Array(buffer), null);
          if (!this.settled && !this.context.ended) this.send();
        },
        (/** @type {any} */ error) => this.fail(error),
      );
      return;
    }
    this.send();
  }

  /** Starts a hop. */
  send() {
    this.op = nextToken();
    hops.set(this.op, this);
    noteWork(this.context, workKey(this.op), this.at);
    const head =
      'f\0' + this.context.id + '\0' + this.op + '\0' + this.method + '\0' + withoutFragment(this.url) + '\0';
    const tail = '\0' + this.list.toFields(isFraming);
    const body = this.body;
    if (body === null) {
      emit(head + 'n\x000' + tail);
      return;
    }
    if (body.form === TEXT) {
      const written = putText(body.source);
      if (written >= 0) {
        emit(head + 'b\0' + written + tail);
        return;
      }
    }
    if (body.form === TEXT || body.form === BYTES) {
      const bytes = body.form === TEXT ? utf8Encode(body.source) : body.source;
      const length = byteLength(bytes);
      if (length <= byteCapacity()) {
        putBytes(bytes);
        emit(head + 'b\0' + length + tail);
        return;
      }
      this.upload = this.makePump(length);
      emit(head + 's\0' + this.upload.id + ':' + length + tail);
      this.upload.start(bytesSource(this.upload, bytes), false);
      return;
    }
    this.sendStream(body, head, tail);
  }

  /** @param {Body} body @param {string} head @param {string} tail */
  sendStream(body, head, tail) {
    const host = body.host();
    if (host !== null && host.encoding === '') {
      body.claim();
      emit(head + 'i\0' + host.release() + tail);
      return;
    }
    const length = body.length();
    const pump = this.makePump(length);
    this.upload = pump;
    const source = host !== null ? hostSource(pump, host) : streamSource(pump, body.view(), body.frame);
    if (host !== null) body.claim();
    body.used = true;
    emit(head + 's\0' + pump.id + ':' + length + tail);
    pump.start(source, false);
  }

  /** @param {number} length */
  makePump(length) {
    return new Pump(
      this.context,
      length,
      null,
      () => {},
      (error) => this.fail(error),
    );
  }

  /** The head of a response. @param {string[]} fields H, context, op, status, statusText, stream, nHeaders, … */
  onHead(fields) {
    const status = +fields[3];
    const list = hostHeaderList(fields, 7, +fields[6]);
    const stream = +fields[5];
    const location = redirectTarget(status, list, this.url);
    if (location !== null && this.redirect !== 'manual') {
      if (stream !== 0) emit('k\0' + stream + '\0');
      this.follow(status, location);
      return;
    }
    const state = new ResponseState();
    state.status = status;
    state.statusText = fields[4];
    state.list = list;
    state.immutable = true;
    state.url = withoutFragment(this.url);
    state.redirected = this.redirects > 0;
    if (stream !== 0) {
      if (isNullBodyStatus(status) || this.method === 'HEAD') {
        emit('k\0' + stream + '\0');
      } else {
        const host = new HostStream(this.context, stream, contentCodingOf(list));
        host.at = this.at;
        this.download = host;
        host.whenFinished = () => this.unlisten();
        state.body = new Body(HOST, host, this.context);
      }
    }
    if (this.download === null) this.unlisten();
    this.settled = true;
    this.resolve(wrapResponse(state));
  }

  /** @param {number} status @param {string | undefined} location */
  follow(status, location) {
    if (this.redirect === 'error') {
      this.stopUpload();
      const what = this.url + ' answered ' + status;
      this.fail(
        new NativeTypeError('Unexpected redirect: ' + what + ' and the request does not allow redirects.'),
      );
      return;
    }
    try {
      const hop = nextHop(this, status, location);
      if (hop.dropsBody) {
        this.stopUpload();
        this.body = null;
      } else if (this.body !== null && (this.body.form === STREAM || this.body.form === HOST)) {
        throw new NativeTypeError(NO_REPLAY);
      }
      this.method = hop.method;
      this.url = hop.url;
      this.list = hop.list;
      this.redirects++;
    } catch (error) {
      this.stopUpload();
      this.fail(error);
      return;
    }
    this.stopUpload();
    this.send();
  }

  stopUpload() {
    if (this.upload !== null) this.upload.leave();
    this.upload = null;
  }

  /** @param {any} reason */
  abort(reason) {
    if (this.op !== 0 && hops.get(this.op) === this) {
      hops.delete(this.op);
      forgetWork(this.context, workKey(this.op));
      emit('a\0' + this.op + '\0');
    }
    this.stopUpload();
    if (this.download !== null) this.download.break(reason);
    this.fail(reason);
  }

  /** @param {any} error */
  fail(error) {
    this.unlisten();
    if (this.settled) return;
    this.settled = true;
    if (this.op !== 0 && hops.get(this.op) === this) {
      hops.delete(this.op);
      forgetWork(this.context, workKey(this.op));
      emit('a\0' + this.op + '\0');
    }
    this.reject(error);
  }

  /** Nothing is left that an abort could stop. */
  unlisten() {
    this.ignoreSignal();
    letGo(this.context, this);
  }

  ignoreSignal() {
    if (this.signal !== null) removeListener(this.signal, 'abort', this.onAbort);
    this.signal = null;
  }

  /** The request ended. */
  drop() {
    hops.delete(this.op);
    this.settled = true;
    this.ignoreSignal();
  }
}
detachClass(Subrequest);

/**
 * The global.
 * @param {any} input
 * @param {any} [init]
 * @returns {Promise<any>}
 */
export function fetch(input, init) {
  const context = current();
  if (context === null) return PromiseReject(new NativeError(GLOBAL_SCOPE));
  // Left-over code of an ended request: it hears nothing any more.
  if (context.ended) return PromiseWithResolvers().promise;
  try {
    if (arguments.length === 0) {
      throw new NativeTypeError('fetch: 1 argument required, but only 0 present.');
    }
    const state = makeState(input, init);
    if (state.source !== null && signalAborted(state.source)) {
      return PromiseReject(signalReason(state.source));
    }
    const url = urlOf(state);
    if (!isHttp(url)) {
      if (protocolOf(url) === 'data:') return PromiseResolve(fetchData(url));
      const scheme = protocolOf(url);
      throw new NativeTypeError(
        'Fetch API cannot load: ' + url + ' (only http: and https: are supported, not ' + scheme + ')',
      );
    }
    if (state.body !== null) {
      const obstacle = state.body.obstacle();
      if (obstacle !== undefined) throw obstacle;
    }
    const subrequest = new Subrequest(context, state);
    subrequest.start();
    return subrequest.promise;
  } catch (error) {
    return PromiseReject(error);
  }
}

/**
 * A turn that answers a hop.
 * @param {string} code H or Q
 * @param {Context} _context
 * @param {number} op
 * @param {string[]} fields of the turn
 */
export function subrequestTurn(code, _context, op, fields) {
  const subrequest = hops.get(op);
  if (subrequest === undefined) {
    // Aborted in the meantime: nobody will read the body.
    if (code === 'H' && fields[5] !== '0') emit('k\0' + fields[5] + '\0');
    return;
  }
  hops.delete(op);
  forgetWork(subrequest.context, workKey(op));
  if (code === 'H') subrequest.onHead(fields);
  else {
    subrequest.stopUpload();
    subrequest.fail(new NativeTypeError(field(fields[3])));
  }
}
