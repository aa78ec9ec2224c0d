// @ts-check
/**
 * Whose a stream is. Streams over host bytes belong to a request (workers-semantics.md, 6.2);
 * streams that a worker made belong to nobody.
 */

import { checkOwner } from '../core/context.js';
import { Returns } from '../core/following.js';
import { hereIfSites } from '../core/provenance.js';
import { noteMade } from './made.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('./incoming.js').HostStream} HostStream */

/** Facts on a stream, a reader or a writer, in private fields: invisible to a worker. */
class Binding extends Returns {
  /** @type {Context} */ #owner;
  /** @type {string} */ #type;
  /** @type {HostStream | null} */ #host;

  /** @param {object} object @param {Context} owner @param {string} type @param {HostStream | null} host */
  constructor(object, owner, type, host) {
    super(object);
    this.#owner = owner;
    this.#type = type;
    this.#host = host;
  }

  /** @param {any} object @returns {Context | null} */
  static owner(object) {
    return #owner in object ? object.#owner : null;
  }

  /** @param {any} object @returns {HostStream | null} */
  static host(object) {
    return #host in object ? object.#host : null;
  }

  /** @param {any} object */
  static check(object) {
    if (#owner in object) checkOwner(object.#owner, object.#type, object);
  }

  /** @param {any} from @param {any} to */
  static inherit(from, to) {
    if (#owner in from) new Binding(to, from.#owner, from.#type, null);
  }
}

/** The kind printed for bodies and their readers. */
export const BODY_TYPE = 'ReadableStreamSource>';
/** The kind printed for the ends of native transforms. */
export const TRANSFORM_TYPE = 'Writable';

/**
 * Binds a stream to a request.
 * @param {object} stream
 * @param {Context} owner
 * @param {string} type the kind of object, as printed for the user
 * @param {HostStream | null} host the host bytes that it shows, and nothing else
 */
export function bind(stream, owner, type, host) {
  new Binding(stream, owner, type, host);
  noteMade(stream, host === null ? hereIfSites() : host.at);
}

/** The request that a stream is bound to. @type {(object: object) => Context | null} */
export const boundTo = Binding.owner;

/** The host bytes behind a stream. @type {(object: object) => HostStream | null} */
export const hostBehind = Binding.host;

/** Throws the error of rule 6.1 when the object belongs to another request. @param {any} object */
export function checkBinding(object) {
  if (object !== null && typeof object === 'object') Binding.check(object);
}

/** What is derived from a bound stream is bound as well. @type {(from: any, to: any) => void} */
export const inheritBinding = Binding.inherit;

class FixedLength extends Returns {
  /** @type {number} */ #length;
  /** @param {object} stream @param {number} length */
  constructor(stream, length) {
    super(stream);
    this.#length = length;
  }
  /** @param {any} stream */
  static get(stream) {
    return #length in stream ? stream.#length : -1;
  }
}

/** Notes how many bytes a stream will give. @param {object} stream @param {number} length */
export function setFixedLength(stream, length) {
  new FixedLength(stream, length);
}

/** The number of bytes that a stream is known to give; -1 when unknown. @type {(stream: any) => number} */
export const fixedLengthOf = FixedLength.get;
