// @ts-check
/**
 * What lies behind objects that a worker holds.
 */

import { Body, HOST, STREAM } from '../fetch/body.js';
import { heldBy } from '../streams/lifetime.js';
import { madeBehind } from '../streams/made.js';
import { hostBehind } from '../streams/ownership.js';

/** @typedef {import('../core/context.js').Context} Context */

/**
 * Where a stream or body, or what is derived from one, was made.
 * @param {any} object a stream, its reader or writer, or the runtime's body of a request or response
 * @returns {Error | null} null when that was not kept
 */
export function madeAt(object) {
  if (object === null || typeof object !== 'object') return null;
  const made = madeBehind(object);
  if (made !== null) return made;
  if (!(object instanceof Body)) return hostBehind(object)?.at ?? null;
  if (object.form === HOST) return object.source.at;
  return object.form === STREAM ? madeAt(object.source) : null;
}

/** The body that a request is answering with, if it is under way. @param {Context} context @returns {Body | null} */
export function answerOf(context) {
  return heldBy(context)?.answer?.body ?? null;
}
