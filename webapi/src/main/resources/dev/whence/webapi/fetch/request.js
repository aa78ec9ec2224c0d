// @ts-check
/**
 * The Request class (Fetch standard, 5.4), as Workers have it.
 */

import {
  NativeTypeError,
  RegExpPrototypeExec,
  StringPrototypeToUpperCase,
  uncurryGetter,
  uncurryThis,
} from '../core/primordials.js';
import { HostStream } from '../streams/incoming.js';
import { holdBody } from '../streams/lifetime.js';
import { Body, extract, HOST as HOST_BODY } from './body.js';
import { defineBodyMixin } from './body-mixin.js';
import { detachClass, exposeClass, inspectCustom } from './expose.js';
import { HeaderList, hostHeaderList } from './header-list.js';
import { headerListFrom, wrapHeaders } from './headers.js';
import { hostUrl, requestUrl } from './url.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('./headers.js').Headers} Headers */

const NativeAbortController = globalThis.AbortController;
const controllerSignal = uncurryGetter(NativeAbortController.prototype, 'signal');
const NativeAbortSignal = globalThis.AbortSignal;
const signalAborted = uncurryGetter(NativeAbortSignal.prototype, 'aborted');
const abortAny = uncurryThis(/** @type {any} */ (NativeAbortSignal).any);

/** What a Request is made of. */
export class RequestState {
  constructor() {
    this.method = 'GET';
    this.url = '';
    /** `url` came from the host and was not brought to its standard form yet. */
    this.isRawUrl = false;
    /** @type {HeaderList | null} */
    this.list = null;
    this.immutable = false;
    /** The object that shows the fields, made on demand. @type {Headers | null} */
    this.headers = null;
    /** Content type that the body brings, not in the list yet; '' for none. */
    this.contentType = '';
    /** @type {Body | null} */
    this.body = null;
    this.redirect = 'follow';
    /** The request whose client this is from, for its signal. @type {Context | null} */
    this.context = null;
    /** The signal that it follows. @type {AbortSignal | null} */
    this.source = null;
    /** The signal that it shows, made on demand. @type {AbortSignal | null} */
    this.signal = null;
    /** Facts on the connection, made on demand for a client's request. @type {any} */
    this.cf = undefined;
    this.protocol = '';
    /** @type {any} */
    this.cache = undefined;
    this.integrity = '';
    this.keepalive = false;
  }
}
detachClass(RequestState);

/** Everything that may not stand in a method. */
const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/;

/** Marks a construction by the host in place of the public arguments. */
const HOST = {};

/** @type {(request: any) => RequestState} */
let stateOfRequest;
/** @type {(value: any) => boolean} */
let isRequestObject;

export class Request {
  /** @type {RequestState} */ #state;

  /** @param {any} input @param {any} [init] */
  constructor(input, init) {
    if (input === HOST) {
      this.#state = init;
      return;
    }
    if (arguments.length === 0) {
      throw new NativeTypeError('Request constructor: 1 argument required, but only 0 present.');
    }
    this.#state = makeState(input, init);
  }

  get method() {
    return this.#state.method;
  }

  get url() {
    return urlOf(this.#state);
  }

  get headers() {
    const state = this.#state;
    if (state.headers === null) state.headers = wrapHeaders(requestHeaderList(state), state.immutable);
    return state.headers;
  }

  get body() {
    const { body } = this.#state;
    return body === null ? null : body.view();
  }

  get bodyUsed() {
    const { body } = this.#state;
    return body !== null && body.isUsed();
  }

  get redirect() {
    return this.#state.redirect;
  }

  get signal() {
    return signalOf(this.#state);
  }

  get cf() {
    return cfOf(this.#state);
  }

  get cache() {
    return this.#state.cache;
  }

  get integrity() {
    return this.#state.integrity;
  }

  get keepalive() {
    return this.#state.keepalive;
  }

  /** @returns {Request} */
  clone() {
    const state = this.#state;
    const copy = copyState(state);
    copy.immutable = state.immutable;
    copy.body = state.body === null ? null : state.body.clone();
    return wrapRequest(copy);
  }

  /** @param {number} _depth @param {any} options @param {any} inspect */
  [inspectCustom](_depth, options, inspect) {
    if (!(#state in this)) return '[object Request]';
    const { method, url, headers, redirect, bodyUsed, cf } = this;
    return 'Request ' + inspect({ method, url, headers, redirect, bodyUsed, cf }, options);
  }

  static {
    stateOfRequest = (request) => request.#state;
    isRequestObject = (value) => typeof value === 'object' && value !== null && #state in value;
  }
}
exposeClass(Request, 'Request');
Reflect.defineProperty(Request, 'length', { value: 1, configurable: true });

/** @type {(value: any) => value is Request} */
export const isRequest = /** @type {any} */ (isRequestObject);

/** What a Request is made of; a TypeError for anything else. @type {(request: any) => RequestState} */
export const requestState = stateOfRequest;

/** @param {RequestState} state @returns {Request} */
export function wrapRequest(state) {
  return new Request(HOST, state);
}

defineBodyMixin(Request.prototype, stateOfRequest, (state) => {
  const type = state.list === null ? null : state.list.get('content-type');
  return type === null ? state.contentType : type;
});

/** @param {RequestState} state @returns {string} */
export function urlOf(state) {
  if (state.isRawUrl) {
    state.isRawUrl = false;
    state.url = hostUrl(state.url);
  }
  return state.url;
}

/** @param {RequestState} state */
function cfOf(state) {
  if (state.cf === undefined && state.context !== null) state.cf = { httpProtocol: state.protocol };
  return state.cf;
}

/** The fields of a request, the body's content type among them. @param {RequestState} state @returns {HeaderList} */
export function requestHeaderList(state) {
  if (state.list === null) state.list = new HeaderList();
  if (state.contentType !== '') {
    state.list.append('Content-Type', 'content-type', state.contentType);
    state.contentType = '';
  }
  return state.list;
}

/** Everything but the body. @param {RequestState} from @returns {RequestState} */
function copyState(from) {
  const state = new RequestState();
  state.method = from.method;
  state.url = from.url;
  state.isRawUrl = from.isRawUrl;
  state.list = requestHeaderList(from).copy();
  state.redirect = from.redirect;
  // A client's signal stays with its request: what copies it is not aborted when the client leaves.
  state.source = from.source;
  state.cf = cfOf(from);
  state.cache = from.cache;
  state.integrity = from.integrity;
  state.keepalive = from.keepalive;
  return state;
}

/**
 * The signal that a request shows: for a client's request, aborted when the client leaves.
 * @param {RequestState} state
 * @returns {AbortSignal}
 */
function signalOf(state) {
  if (state.signal !== null) return state.signal;
  const { context, source } = state;
  if (context !== null) {
    if (context.signalController === null) context.signalController = new NativeAbortController();
    state.signal = controllerSignal(context.signalController);
  } else if (source !== null) {
    state.signal = abortAny(NativeAbortSignal, [source]);
  } else {
    state.signal = controllerSignal(new NativeAbortController());
  }
  return /** @type {AbortSignal} */ (state.signal);
}

/**
 * What the public constructor makes.
 * @param {any} input
 * @param {any} init
 * @returns {RequestState}
 */
export function makeState(input, init) {
  const from = isRequestObject(input) ? stateOfRequest(input) : null;
  /** @type {RequestState} */
  let state;
  if (from !== null) {
    state = copyState(from);
  } else {
    state = new RequestState();
    state.url = requestUrl(`${input}`);
  }
  let body;
  if (init !== undefined && init !== null) {
    if (typeof init !== 'object' && typeof init !== 'function') {
      throw new NativeTypeError('Request constructor: init is not an object.');
    }
    body = isRequestObject(init) ? applyRequest(state, stateOfRequest(init)) : applyInit(state, init);
  }
  if (body !== undefined && body !== null) {
    requireBodyMethod(state.method);
    if (body instanceof Body) {
      state.body = body.transfer();
    } else {
      const extracted = extract(body, true);
      state.body = extracted.body;
      if (extracted.type !== '' && (state.list === null || !state.list.has('content-type'))) {
        state.contentType = extracted.type;
      }
    }
  } else if (from !== null && from.body !== null && body === undefined) {
    if (state.method !== from.method) requireBodyMethod(state.method);
    if (from.body.isUsed()) throw new NativeTypeError('Cannot reconstruct a Request with a used body.');
    state.body = from.body.transfer();
  }
  return state;
}

/** @param {string} method */
function requireBodyMethod(method) {
  if (method === 'GET' || method === 'HEAD') {
    throw new NativeTypeError('Request with a GET or HEAD method cannot have a body.');
  }
}

/** A Request given as init. @param {RequestState} state @param {RequestState} init @returns {Body | null} */
function applyRequest(state, init) {
  state.method = init.method;
  state.list = requestHeaderList(init).copy();
  state.redirect = init.redirect;
  state.source = init.source;
  state.cf = cfOf(init);
  state.cache = init.cache;
  return init.body;
}

/** @param {RequestState} state @param {any} init @returns {any} the body asked for */
function applyInit(state, init) {
  const { method, headers, body, redirect, signal, cf, cache, integrity, keepalive } = init;
  if (method !== undefined) state.method = methodOf(`${method}`);
  if (headers !== undefined) state.list = headerListFrom(headers, 'Request constructor');
  if (redirect !== undefined) {
    const mode = `${redirect}`;
    if (mode !== 'follow' && mode !== 'manual' && mode !== 'error') {
      throw new NativeTypeError('Invalid redirect value, must be one of "follow", "error" or "manual".');
    }
    state.redirect = mode;
  }
  if (signal === null) {
    state.source = null;
  } else if (signal !== undefined) {
    // Throws for anything but an AbortSignal.
    signalAborted(signal);
    state.source = signal;
  }
  if (cf !== undefined) state.cf = cf;
  if (cache !== undefined) state.cache = `${cache}`;
  if (integrity !== undefined) state.integrity = `${integrity}`;
  if (keepalive !== undefined) state.keepalive = !!keepalive;
  return body;
}

/** @param {string} method */
function methodOf(method) {
  if (method === 'GET' || method === 'POST') return method;
  if (method === '' || RegExpPrototypeExec(NOT_TOKEN, method) !== null) {
    throw new NativeTypeError('Invalid HTTP method string: ' + method);
  }
  const upper = StringPrototypeToUpperCase(method);
  switch (upper) {
    case 'CONNECT':
    case 'TRACE':
    case 'TRACK':
      throw new NativeTypeError('Invalid HTTP method string: ' + method);
    case 'DELETE':
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
    case 'POST':
    case 'PUT':
      return upper;
    default:
      return method;
  }
}

/**
 * The Request of an `F` turn.
 * @param {Context} context
 * @param {string[]} fields F, context, method, url, bodyStream, clientIp, protocol, nHeaders, name, value, …
 * @returns {Request}
 */
export function createRequest(context, fields) {
  const state = new RequestState();
  state.method = fields[2];
  state.url = fields[3];
  state.isRawUrl = true;
  state.list = hostHeaderList(fields, 8, +fields[7]);
  state.immutable = true;
  state.redirect = 'manual';
  state.context = context;
  state.protocol = fields[6];
  const stream = +fields[4];
  if (stream !== 0) {
    const host = new HostStream(context, stream, '');
    holdBody(context, host);
    state.body = new Body(HOST_BODY, host, context);
  }
  return wrapRequest(state);
}
