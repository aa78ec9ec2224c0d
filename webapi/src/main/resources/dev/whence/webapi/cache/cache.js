// @ts-check
/**
 * The Cache API as Workers have it: `caches.default` and `caches.open(name)`, in the memory of the
 * isolate. A cache may forget anything at any time; a worker must not depend on it.
 */

import {
  NativeError,
  NativeTypeError,
  ObjectDefineProperty,
  PromisePrototypeThen,
  PromiseReject,
  PromiseResolve,
  StringPrototypeIncludes,
} from '../core/primordials.js';
import { current, hostNow } from '../core/context.js';
import { GLOBAL_SCOPE } from '../core/messages.js';
import { byteLength, viewOf } from '../streams/bytes.js';
import { Body, BYTES } from '../fetch/body.js';
import { AS_BYTES, consume } from '../fetch/consume.js';
import { exposeClass, exposeGlobal } from '../fetch/expose.js';
import { isRequest, makeState, requestHeaderList, requestState, urlOf } from '../fetch/request.js';
import {
  headerListOf,
  isNullBodyStatus,
  isResponse,
  responseState,
  ResponseState,
  wrapResponse,
} from '../fetch/response.js';
import { isHttp, withoutFragment } from '../fetch/url.js';
import { freshMillis, isNotModified, rangeOf } from './policy.js';
import { configureStore, forget, keep, lookUp } from './store.js';

/** @typedef {import('../fetch/request.js').RequestState} RequestState */
/** @typedef {import('./store.js').Kept} Kept */

/** Marks a construction by this module: a worker cannot make caches. */
const OURS = {};

/** Runs what a method does, in a request only; what it throws becomes a rejection. @param {() => any} work */
function inRequest(work) {
  if (current() === null) return PromiseReject(new NativeError(GLOBAL_SCOPE));
  try {
    return work();
  } catch (error) {
    return PromiseReject(error);
  }
}

/** @param {any} request @returns {RequestState} */
function stateFor(request) {
  const state = isRequest(request) ? requestState(request) : makeState(request, undefined);
  if (!isHttp(urlOf(state))) throw new NativeTypeError('Cache API keys must be fully-qualified, valid URLs.');
  return state;
}

/** @param {any} options */
const ignoresMethod = (options) => options !== undefined && options !== null && !!options.ignoreMethod;

export class Cache {
  #prefix;

  /** @param {any} mark @param {string} [name] */
  constructor(mark, name) {
    if (mark !== OURS) throw new NativeTypeError('Illegal constructor');
    this.#prefix = name + '\n';
  }

  /** @param {RequestState} state */
  #key(state) {
    return this.#prefix + withoutFragment(urlOf(state));
  }

  /** @param {any} request @param {any} [options] @returns {Promise<any>} a Response, or undefined */
  match(request, options) {
    return inRequest(() => {
      const state = stateFor(request);
      if (state.method !== 'GET' && !ignoresMethod(options)) return PromiseResolve(undefined);
      const kept = lookUp(this.#key(state), hostNow());
      return PromiseResolve(kept === undefined ? undefined : answerFrom(kept, state));
    });
  }

  /** @param {any} request @param {any} response @returns {Promise<void>} */
  put(request, response) {
    return inRequest(() => {
      const state = stateFor(request);
      const key = this.#key(state);
      if (!isResponse(response)) {
        throw new NativeTypeError(
          "Failed to execute 'put' on 'Cache': parameter 2 is not of type 'Response'.",
        );
      }
      const answer = responseState(response);
      if (state.method !== 'GET') throw new NativeTypeError('Cannot cache response to non-GET request.');
      if (answer.status === 206) {
        throw new NativeTypeError('Cannot cache response to a range request (206 Partial Content).');
      }
      const list = headerListOf(answer).copy();
      const vary = list.get('vary');
      if (vary !== null && StringPrototypeIncludes(vary, '*')) {
        throw new NativeTypeError("Cannot cache response with 'Vary: *' header.");
      }
      list.link();
      const { status, statusText } = answer;
      const whole = consume(answer.body, AS_BYTES, '');
      return PromisePrototypeThen(whole, (/** @type {Uint8Array} */ bytes) => {
        const now = hostNow();
        const millis = status === 304 ? 0 : freshMillis(status, list, now);
        if (!(millis > 0)) return;
        list.delete('set-cookie');
        list.delete('content-length');
        keep(key, { status, statusText, list, bytes, expires: now + millis });
      });
    });
  }

  /** @param {any} request @param {any} [options] @returns {Promise<boolean>} true when there was one */
  delete(request, options) {
    return inRequest(() => {
      const state = stateFor(request);
      if (state.method !== 'GET' && !ignoresMethod(options)) return PromiseResolve(false);
      return PromiseResolve(forget(this.#key(state)));
    });
  }
}

/** @param {Kept} kept @param {RequestState} request */
function answerFrom(kept, request) {
  const wanted = requestHeaderList(request);
  const state = new ResponseState();
  state.status = kept.status;
  state.statusText = kept.statusText;
  state.list = kept.list.copy();
  state.list.set('CF-Cache-Status', 'cf-cache-status', 'HIT');
  if (isNotModified(wanted, kept.list)) {
    state.status = 304;
    state.statusText = 'Not Modified';
    return wrapResponse(state);
  }
  let bytes = kept.bytes;
  const range = kept.status === 200 ? wanted.get('range') : null;
  const part = range === null ? null : rangeOf(range, byteLength(bytes));
  if (part !== null) {
    const length = byteLength(bytes);
    if (part.start >= length) {
      state.status = 416;
      state.statusText = 'Range Not Satisfiable';
      state.list.set('Content-Range', 'content-range', 'bytes */' + length);
      return wrapResponse(state);
    }
    state.status = 206;
    state.statusText = 'Partial Content';
    state.list.set(
      'Content-Range',
      'content-range',
      'bytes ' + part.start + '-' + (part.end - 1) + '/' + length,
    );
    bytes = viewOf(bytes, part.start, part.end);
  }
  if (!isNullBodyStatus(state.status)) state.body = new Body(BYTES, bytes, current());
  return wrapResponse(state);
}
exposeClass(Cache, 'Cache');

export class CacheStorage {
  #default;

  /** @param {any} mark */
  constructor(mark) {
    if (mark !== OURS) throw new NativeTypeError('Illegal constructor');
    this.#default = new Cache(OURS, '');
  }

  get default() {
    return this.#default;
  }

  /** @param {string} name @returns {Promise<Cache>} */
  open(name) {
    return inRequest(() => {
      this.#default;
      return PromiseResolve(new Cache(OURS, 'named ' + `${name}`));
    });
  }
}
exposeClass(CacheStorage, 'CacheStorage');

/**
 * Defines `caches` and its classes.
 * @param {any} scope the global object
 * @param {{cacheBytes?: number}} settings bound of all caches together, in bytes
 */
export function installCaches(scope, settings) {
  configureStore(settings.cacheBytes);
  exposeGlobal(scope, 'Cache', Cache);
  exposeGlobal(scope, 'CacheStorage', CacheStorage);
  exposeGlobal(scope, 'caches', new CacheStorage(OURS));
  ObjectDefineProperty(scope, 'caches', { enumerable: true });
}
