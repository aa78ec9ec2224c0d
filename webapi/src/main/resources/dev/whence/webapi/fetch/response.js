// @ts-check
/**
 * The Response class (Fetch standard, 5.5), as Workers have it.
 */

import {
  JSONStringify,
  MathTrunc,
  NativeNumber,
  NativeRangeError,
  NativeTypeError,
  RegExpPrototypeExec,
} from '../core/primordials.js';
import { detachClass, exposeClass, inspectCustom } from './expose.js';
import { extract, TEXT, BYTES } from './body.js';
import { byteLength } from '../streams/bytes.js';
import { HeaderList } from './header-list.js';
import { headerListFrom, wrapHeaders } from './headers.js';
import { defineBodyMixin } from './body-mixin.js';
import { requestUrl } from './url.js';

/** @typedef {import('./body.js').Body} Body */
/** @typedef {import('./headers.js').Headers} Headers */

/** What a Response is made of. */
export class ResponseState {
  constructor() {
    this.type = 'default';
    this.status = 200;
    this.statusText = '';
    /** The fields; null as long as there are none but the type of the body. @type {HeaderList | null} */
    this.list = null;
    this.immutable = false;
    /** The object that shows them, made on demand. @type {Headers | null} */
    this.headers = null;
    /** Content type that the body brings, not in the list yet; '' for none. */
    this.contentType = '';
    /** @type {Body | null} */
    this.body = null;
    this.url = '';
    this.redirected = false;
    /** The body is encoded already, whatever Content-Encoding says. */
    this.manualEncoding = false;
    /** Facts on the exchange, for frameworks that look for them. @type {any} */
    this.cf = undefined;
  }
}
detachClass(ResponseState);

/** Everything that may not stand in a reason phrase. */
const NOT_REASON = /[^\t -~\x80-\xff]/;

/** Marks a construction by the host in place of the public arguments. */
const HOST = {};

/** @type {(response: any) => ResponseState} */
let stateOfResponse;
/** @type {(value: any) => boolean} */
let isResponseObject;

export class Response {
  /** @type {ResponseState} */ #state;

  /** @param {any} [body] @param {any} [init] */
  constructor(body, init) {
    if (body === HOST) {
      this.#state = init;
      return;
    }
    const state = new ResponseState();
    this.#state = state;
    if (init !== undefined && init !== null) applyInit(state, init);
    if (body !== undefined && body !== null) setBody(state, body);
  }

  /** @returns {Response} */
  static error() {
    const state = new ResponseState();
    state.type = 'error';
    state.status = 0;
    state.immutable = true;
    return wrapResponse(state);
  }

  /** @param {any} data @param {any} [init] @returns {Response} */
  static json(data, init) {
    const text = JSONStringify(data);
    if (text === undefined) throw new NativeTypeError('Response.json: the value is not JSON serializable.');
    const state = new ResponseState();
    if (init !== undefined && init !== null) applyInit(state, init);
    setBody(state, text);
    if (state.contentType !== '') state.contentType = 'application/json';
    return wrapResponse(state);
  }

  /** @param {string} url @param {number} [status] @returns {Response} */
  static redirect(url, status) {
    const text = `${url}`;
    let location;
    try {
      location = requestUrl(text);
    } catch {
      throw new NativeTypeError('Unable to parse URL: ' + text);
    }
    const code = status === undefined ? 302 : toShort(status);
    if (code !== 301 && code !== 302 && code !== 303 && code !== 307 && code !== 308) {
      throw new NativeRangeError(code + ' is not a redirect status code.');
    }
    const state = new ResponseState();
    state.status = code;
    state.list = new HeaderList();
    state.list.append('Location', 'location', location);
    state.immutable = true;
    return wrapResponse(state);
  }

  get type() {
    return this.#state.type;
  }

  get url() {
    return this.#state.url;
  }

  get redirected() {
    return this.#state.redirected;
  }

  get status() {
    return this.#state.status;
  }

  get ok() {
    const { status } = this.#state;
    return status >= 200 && status <= 299;
  }

  get statusText() {
    return this.#state.statusText;
  }

  get headers() {
    const state = this.#state;
    if (state.headers === null) state.headers = wrapHeaders(headerListOf(state), state.immutable);
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

  get webSocket() {
    this.#state;
    return null;
  }

  get cf() {
    return this.#state.cf;
  }

  /** @returns {Response} */
  clone() {
    const state = this.#state;
    const copy = new ResponseState();
    copy.body = state.body === null ? null : state.body.clone();
    copy.type = state.type;
    copy.status = state.status;
    copy.statusText = state.statusText;
    copy.list = state.list === null ? null : state.list.copy();
    copy.contentType = state.contentType;
    copy.immutable = state.immutable;
    copy.url = state.url;
    copy.redirected = state.redirected;
    copy.manualEncoding = state.manualEncoding;
    copy.cf = state.cf;
    return wrapResponse(copy);
  }

  /** @param {number} _depth @param {any} options @param {any} inspect */
  [inspectCustom](_depth, options, inspect) {
    if (!(#state in this)) return '[object Response]';
    const { status, statusText, headers, ok, bodyUsed, redirected, url, type } = this;
    return (
      'Response ' + inspect({ status, statusText, headers, ok, bodyUsed, redirected, type, url }, options)
    );
  }

  static {
    stateOfResponse = (response) => response.#state;
    isResponseObject = (value) => typeof value === 'object' && value !== null && #state in value;
  }
}
exposeClass(Response, 'Response');

/** @type {(value: any) => value is Response} */
export const isResponse = /** @type {any} */ (isResponseObject);

/** What a Response is made of; a TypeError for anything else. @type {(response: any) => ResponseState} */
export const responseState = stateOfResponse;

/** @param {ResponseState} state @returns {Response} */
export function wrapResponse(state) {
  return new Response(HOST, state);
}

defineBodyMixin(Response.prototype, stateOfResponse, (state) => {
  const type = state.list === null ? null : state.list.get('content-type');
  return type === null ? state.contentType : type;
});

/**
 * @param {ResponseState} state
 * @param {any} init
 */
function applyInit(state, init) {
  if (typeof init !== 'object' && typeof init !== 'function') {
    throw new NativeTypeError('Response constructor: init is not an object.');
  }
  if (isResponseObject(init)) {
    const from = stateOfResponse(init);
    state.status = from.status === 0 ? 200 : from.status;
    state.statusText = from.statusText;
    state.list = headerListOf(from).copy();
    state.manualEncoding = from.manualEncoding;
    state.cf = from.cf;
    return;
  }
  const { status, statusText, headers, encodeBody, cf, webSocket } = init;
  if (status !== undefined) {
    state.status = toShort(status);
    if (state.status < 200 || state.status > 599) {
      throw new NativeRangeError(
        'Responses may only be constructed with status codes in the range 200 to 599, inclusive.',
      );
    }
  }
  if (statusText !== undefined) {
    const text = `${statusText}`;
    if (RegExpPrototypeExec(NOT_REASON, text) !== null) {
      throw new NativeTypeError('Invalid statusText.');
    }
    state.statusText = text;
  }
  if (headers !== undefined) state.list = headerListFrom(headers, 'Response constructor');
  if (encodeBody !== undefined) {
    if (encodeBody !== 'automatic' && encodeBody !== 'manual') {
      throw new NativeTypeError('encodeBody: unexpected value: ' + `${encodeBody}`);
    }
    state.manualEncoding = encodeBody === 'manual';
  }
  if (webSocket !== undefined && webSocket !== null) {
    throw new NativeTypeError('Whence does not serve WebSockets yet.');
  }
  state.cf = cf;
}

/** @param {ResponseState} state @param {any} init neither null nor undefined */
function setBody(state, init) {
  const { body, type } = extract(init, false);
  if (isNullBodyStatus(state.status)) {
    const isEmpty =
      (body.form === TEXT && body.source === '') || (body.form === BYTES && byteLength(body.source) === 0);
    if (isEmpty) return;
    throw new NativeTypeError('Response with null body status (101, 204, 205, or 304) cannot have a body.');
  }
  state.body = body;
  if (type !== '' && (state.list === null || !state.list.has('content-type'))) state.contentType = type;
}

/** @param {any} value WebIDL's unsigned short */
function toShort(value) {
  const number = MathTrunc(NativeNumber(value));
  if (number >= 0 && number <= 65535) return number;
  if (number !== number || number === Infinity || number === -Infinity) return 0;
  return ((number % 65536) + 65536) % 65536;
}

/** @param {number} status */
export const isNullBodyStatus = (status) =>
  status === 204 || status === 205 || status === 304 || status === 101;

/** The fields of a response, the body's content type among them. @param {ResponseState} state @returns {HeaderList} */
export function headerListOf(state) {
  if (state.list === null) state.list = new HeaderList();
  if (state.contentType !== '') {
    state.list.append('Content-Type', 'content-type', state.contentType);
    state.contentType = '';
  }
  return state.list;
}
