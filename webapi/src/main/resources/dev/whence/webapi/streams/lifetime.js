// @ts-check
/**
 * What streams keep for a request, and let go of when it ends.
 *
 * Kept on the context itself, in a private field: a WeakMap would cost more at every collection
 * than all the rest.
 */

import { SafeSet } from '../core/primordials.js';
import { whenEnded } from '../core/context.js';
import { Returns } from '../core/following.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('./incoming.js').HostStream} HostStream */
/** @typedef {import('./outgoing.js').Pump} Pump */
/** @typedef {{drop(): void}} Droppable its `drop` lets go without telling anybody */

/**
 * @typedef {object} Held
 * @property {Droppable | null} first the first thing: most requests have no second
 * @property {Set<Droppable> | null} others
 * @property {HostStream | null} body of the client's request
 * @property {Pump | null} answer carries the body of the answer
 */

class Holder extends Returns {
  /** @type {Held} */ #held = { first: null, others: null, body: null, answer: null };

  /** @param {any} context @returns {Held | null} */
  static get(context) {
    return #held in context ? context.#held : null;
  }
}

/** What a request holds; null as long as there is nothing. @type {(context: Context) => Held | null} */
export const heldBy = Holder.get;

/** @param {Context} context @returns {Held} */
function holdFor(context) {
  const held = heldBy(context);
  if (held !== null) return held;
  new Holder(context);
  const made = /** @type {Held} */ (heldBy(context));
  whenEnded(context, () => dropAll(made));
  return made;
}

/** @param {Held} held */
function dropAll(held) {
  const { first, others } = held;
  held.first = held.others = held.body = held.answer = null;
  if (first !== null) first.drop();
  if (others !== null) others.forEach((each) => each.drop());
}

/** @param {Context} context @param {Droppable} thing */
export function dropWithRequest(context, thing) {
  const held = holdFor(context);
  if (held.first === null) {
    held.first = thing;
    return;
  }
  if (held.others === null) held.others = /** @type {Set<Droppable>} */ (new SafeSet());
  held.others.add(thing);
}

/** The thing has let go by itself. @param {Context} context @param {Droppable} thing */
export function letGo(context, thing) {
  const held = heldBy(context);
  if (held === null) return;
  if (held.first === thing) held.first = null;
  else if (held.others !== null) held.others.delete(thing);
}

/** @param {Context} context @param {HostStream} body of the client's request */
export function holdBody(context, body) {
  holdFor(context).body = body;
}

/** @param {Context} context @param {Pump} pump that carries the answer */
export function holdAnswer(context, pump) {
  holdFor(context).answer = pump;
}
