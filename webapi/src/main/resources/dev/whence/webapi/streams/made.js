// @ts-check
/**
 * Where streams and bodies were made, for the cards of requests that hang on them or use another's.
 *
 * Kept on them in a private field, and on what is derived from them: readers, writers, and the
 * promises of these. Nothing is kept unless sites are (core/provenance.js).
 */

import { Returns } from '../core/following.js';

class Made extends Returns {
  /** @type {Error} */ #at;

  /** @param {object} object @param {Error} at */
  constructor(object, at) {
    super(object);
    this.#at = at;
  }

  /** @param {any} object @returns {Error | null} */
  static at(object) {
    return #at in object ? object.#at : null;
  }
}

/** Where an object was made, if that was kept. @type {(object: any) => Error | null} */
export const madeBehind = Made.at;

/** Keeps where an object was made; the first note stays. @param {object} object @param {Error | null} at */
export function noteMade(object, at) {
  if (at !== null && Made.at(object) === null) new Made(object, at);
}

/** Keeps that an object shows another one. @param {any} from @param {object} to */
export function inheritMade(from, to) {
  if (from !== null && typeof from === 'object') noteMade(to, Made.at(from));
}
