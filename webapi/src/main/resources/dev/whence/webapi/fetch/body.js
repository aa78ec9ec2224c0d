// @ts-check
/**
 * What a Request or Response carries, kept in the form it came in until somebody needs another.
 *
 * Bodies of bytes and text belong to the request that made them; those over a worker's own
 * ReadableStream belong to nobody (workers-semantics.md, 6.2 and 6.3).
 */

import {
  FunctionPrototypeHasInstance,
  NativeError,
  NativeTypeError,
  NativeUint8Array,
  PromisePrototypeThen,
  StringPrototypeIsWellFormed,
  StringPrototypeToWellFormed,
  uncurryGetter,
  uncurryThis,
  utf8Encode,
} from '../core/primordials.js';
import { checkOwner, current, currentFrame } from '../core/context.js';
import { BODY_USED, GLOBAL_SCOPE } from '../core/messages.js';
import { here, provenance } from '../core/provenance.js';
import { byteLength, bytesOf, copyOf } from '../streams/bytes.js';
import { openHostStream } from '../streams/incoming.js';
import { inheritMade, madeBehind, noteMade } from '../streams/made.js';
import { bind, BODY_TYPE, boundTo, fixedLengthOf, hostBehind } from '../streams/ownership.js';
import { isWebLoaded, web } from '../streams/web.js';
import { encodeFormData, isFormData } from './formdata.js';
import { detachClass } from './expose.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('../streams/incoming.js').HostStream} HostStream */

/** Forms of a body. */
export const TEXT = 1;
export const BYTES = 2;
export const BLOB = 3;
export const HOST = 4;
export const STREAM = 5;

const NativeBlob = globalThis.Blob;
const blobSize = uncurryGetter(NativeBlob.prototype, 'size');
const blobType = uncurryGetter(NativeBlob.prototype, 'type');
const blobArrayBuffer = uncurryThis(NativeBlob.prototype.arrayBuffer);
const NativeURLSearchParams = globalThis.URLSearchParams;
const searchParamsToString = uncurryThis(NativeURLSearchParams.prototype.toString);

const LOCKED = 'This ReadableStream is currently locked to a reader.';

export class Body {
  /**
   * @param {number} form
   * @param {any} source
   * @param {Context | null} owner the request it belongs to; null when anybody may use it
   */
  constructor(form, source, owner) {
    this.form = form;
    this.source = source;
    this.owner = owner;
    /** The worker's view of it, made on demand. @type {any} */
    this.stream = form === STREAM ? source : null;
    /** Who made it of a worker's stream: the frame in which that is read (14.1). @type {import('../core/context.js').Frame | null} */
    this.frame = form === STREAM ? (currentFrame() ?? null) : null;
    this.used = false;
  }

  /** The host bytes that it consists of and nobody has touched. @returns {HostStream | null} */
  host() {
    const host = this.form === HOST ? this.source : this.form === STREAM ? hostBehind(this.source) : null;
    return host === null || host.started || host.failure !== undefined ? null : host;
  }

  /** Bytes that it will give; -1 when unknown. */
  length() {
    switch (this.form) {
      case BYTES:
        return byteLength(this.source);
      case BLOB:
        return blobSize(this.source);
      case STREAM:
        return fixedLengthOf(this.source);
      default:
        return -1;
    }
  }

  isUsed() {
    if (this.used) return true;
    if (this.form === HOST && this.source.started) return true;
    if (this.stream === null) return false;
    const host = hostBehind(this.stream);
    return (host !== null && host.started) || web().isDisturbed(this.stream);
  }

  /** Why it cannot be read now; undefined when it can. @returns {any} */
  obstacle() {
    if (this.isUsed()) return new NativeTypeError(BODY_USED);
    if (this.stream !== null && web().isLocked(this.stream)) return new NativeTypeError(LOCKED);
    const owner = this.form === STREAM ? boundTo(this.source) : this.owner;
    if (owner !== null) {
      try {
        checkOwner(owner, BODY_TYPE, this);
      } catch (error) {
        return error;
      }
    }
    return undefined;
  }

  /** Marks it as taken by a reader of ours; a view handed out before shows itself locked. */
  claim() {
    this.used = true;
    if (this.stream !== null) web().getReader(this.stream);
  }

  /** The worker's view. */
  view() {
    if (this.stream !== null) return this.stream;
    if (this.owner !== null) checkOwner(this.owner, BODY_TYPE, this);
    this.stream = this.form === HOST ? openHostStream(this.source) : openOwnStream(this);
    if (this.used) web().getReader(this.stream);
    return this.stream;
  }

  /** Hands the content over to a new object: this one is used up. @returns {Body} */
  transfer() {
    const obstacle = this.obstacle();
    if (obstacle !== undefined) throw obstacle;
    const moved = new Body(this.form, this.source, this.owner);
    moved.stream = this.stream;
    moved.frame = this.frame;
    inheritMade(this, moved);
    this.stream = null;
    this.used = true;
    return moved;
  }

  /** A second body with the same content. @returns {Body} */
  clone() {
    const obstacle = this.obstacle();
    if (obstacle !== undefined) throw obstacle;
    if (this.form <= BLOB && this.stream === null) return new Body(this.form, this.source, this.owner);
    const branches = web().tee(this.view());
    noteMade(this, this.form === HOST ? this.source.at : null);
    this.form = STREAM;
    const made = madeBehind(this);
    this.source = this.stream = branches[0];
    noteMade(branches[0], made);
    noteMade(branches[1], made);
    bindBranches(this.owner, branches);
    return new Body(STREAM, branches[1], this.owner);
  }
}
detachClass(Body);

/** @param {Context | null} owner @param {[any, any]} branches */
function bindBranches(owner, branches) {
  if (owner === null) return;
  bind(branches[0], owner, BODY_TYPE, null);
  bind(branches[1], owner, BODY_TYPE, null);
}

/** A byte stream over content that is all here. @param {Body} body */
function openOwnStream(body) {
  const { ReadableStream, byteEnqueue, byteClose } = web();
  /** @param {any} controller @param {Uint8Array} bytes */
  const give = (controller, bytes) => {
    if (byteLength(bytes) > 0) byteEnqueue(controller, bytes);
    byteClose(controller);
    const request = web().getByobRequest(controller);
    if (request !== null && request !== undefined) web().respond(request, 0);
  };
  const stream = new ReadableStream(
    /** @type {any} */ ({
      __proto__: null,
      type: 'bytes',
      pull(/** @type {any} */ controller) {
        if (body.form === BLOB) {
          return PromisePrototypeThen(blobArrayBuffer(body.source), (/** @type {ArrayBuffer} */ buffer) =>
            give(controller, new NativeUint8Array(buffer)),
          );
        }
        give(controller, body.form === TEXT ? utf8Encode(body.source) : copyOf(body.source));
        return undefined;
      },
    }),
    /** @type {any} */ ({ __proto__: null, highWaterMark: 0 }),
  );
  if (body.owner !== null) bind(stream, body.owner, BODY_TYPE, null);
  return stream;
}

/** @param {any} value */
const isObject = (value) => typeof value === 'object' && value !== null;

/** @param {any} value */
export const isBlob = (value) => isObject(value) && FunctionPrototypeHasInstance(NativeBlob, value);

/** @param {any} value */
export function isReadableStream(value) {
  return isObject(value) && isWebLoaded() && FunctionPrototypeHasInstance(web().ReadableStream, value);
}

/**
 * What a BodyInit gives: the body and its default content type ('' for none).
 * @param {any} init neither null nor undefined
 * @param {boolean} mayBeGlobal bytes may be used outside of any request
 * @returns {{body: Body, type: string}}
 */
export function extract(init, mayBeGlobal) {
  const extracted = contentOf(init, mayBeGlobal);
  if (provenance.sites) {
    const { body } = extracted;
    noteMade(body, (body.form === STREAM ? madeBehind(body.source) : null) ?? here());
  }
  return extracted;
}

/** @param {any} init @param {boolean} mayBeGlobal @returns {{body: Body, type: string}} */
function contentOf(init, mayBeGlobal) {
  if (typeof init === 'string') {
    return { body: new Body(TEXT, wellFormed(init), ownerOf(mayBeGlobal)), type: TEXT_TYPE };
  }
  if (isReadableStream(init)) {
    const { isDisturbed, isLocked } = web();
    if (isDisturbed(init)) throw new NativeTypeError(BODY_USED);
    if (isLocked(init)) throw new NativeTypeError(LOCKED);
    return { body: new Body(STREAM, init, boundTo(init)), type: '' };
  }
  if (isBlob(init)) {
    return { body: new Body(BLOB, init, ownerOf(mayBeGlobal)), type: blobType(init) };
  }
  if (isFormData(init)) {
    const { blob, type } = encodeFormData(init);
    return { body: new Body(BLOB, blob, ownerOf(mayBeGlobal)), type };
  }
  if (isObject(init) && FunctionPrototypeHasInstance(NativeURLSearchParams, init)) {
    return {
      body: new Body(TEXT, searchParamsToString(init), ownerOf(mayBeGlobal)),
      type: 'application/x-www-form-urlencoded;charset=UTF-8',
    };
  }
  const bytes = bytesOf(init);
  if (bytes !== undefined) {
    return { body: new Body(BYTES, copyOf(bytes), ownerOf(mayBeGlobal)), type: '' };
  }
  return { body: new Body(TEXT, wellFormed(`${init}`), ownerOf(mayBeGlobal)), type: TEXT_TYPE };
}

export const TEXT_TYPE = 'text/plain;charset=UTF-8';

/** @param {string} text */
export const wellFormed = (text) =>
  StringPrototypeIsWellFormed(text) ? text : StringPrototypeToWellFormed(text);

/** @param {boolean} mayBeGlobal @returns {Context | null} */
function ownerOf(mayBeGlobal) {
  const context = current();
  if (context === null && !mayBeGlobal) throw new NativeError(GLOBAL_SCOPE);
  return context;
}

/** All bytes of a blob. @param {any} blob @returns {Promise<ArrayBuffer>} */
export const readBlob = (blob) => blobArrayBuffer(blob);

export { NativeBlob };
