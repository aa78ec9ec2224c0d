// @ts-check
/**
 * Facts kept on promises, in private fields: invisible to a worker, and cheaper than a WeakMap.
 */

import { bareArray, NativeWeakRef, weakDeref } from './primordials.js';

/** @typedef {import('./context.js').Context} Context */

/** Makes `this` of a subclass the given object, which so gets the subclass's private fields. */
export class Returns {
  /** @param {object} object */
  constructor(object) {
    return object;
  }
}

const RESOLVED = 1;
const SETTLED = 2;

/**
 * Who made a promise. Every promise has this one field, so there is nothing else in it: each further
 * one would cost with each promise.
 */
export class Stamp extends Returns {
  /** @type {Context | null} */ #owner;

  /** @param {Promise<any>} promise @param {Context | null} owner */
  constructor(promise, owner) {
    super(promise);
    this.#owner = owner;
  }

  /** The creating request; null for start-up; undefined when it is not a stamped promise. @param {any} promise */
  static owner(promise) {
    return #owner in promise ? promise.#owner : undefined;
  }

  /** @param {any} promise */
  static isKnownSettled(promise) {
    return Progress.of(promise) === SETTLED;
  }

  /** @param {any} promise */
  static markSettled(promise) {
    Progress.reach(promise, SETTLED);
  }

  /** True when it was given a value or another promise, while sites are kept. @param {any} promise */
  static isKnownResolved(promise) {
    return Progress.of(promise) !== 0;
  }

  /** @param {any} promise */
  static markResolved(promise) {
    if (#owner in promise) Progress.reach(promise, RESOLVED);
  }
}

/** How far a promise is, once anybody has looked: RESOLVED or SETTLED. */
class Progress extends Returns {
  #state = 0;

  /** @param {any} promise */
  static of(promise) {
    return #state in promise ? promise.#state : 0;
  }

  /** @param {any} promise @param {number} state */
  static reach(promise, state) {
    if (!(#state in promise)) new Progress(promise);
    if (promise.#state < state) promise.#state = state;
  }
}

/** Where a promise was made, where sites are kept. */
export class Made extends Returns {
  /** @type {Error} */ #at;

  /** @param {Promise<any>} promise @param {Error} at */
  constructor(promise, at) {
    super(promise);
    this.#at = at;
  }

  /** @param {any} promise @returns {Error | null} */
  static at(promise) {
    return #at in promise ? promise.#at : null;
  }
}

/** The request that created a promise; null for start-up, undefined when unknown. @param {any} promise */
export function promiseOwner(promise) {
  return Stamp.owner(promise);
}

/** Where a promise was made, if sites were kept then. @type {(promise: any) => Error | null} */
export const promiseMade = Made.at;

/** What a promise waits for, as far as that is known: kept weakly, or chains would never be freed. */
class Waits extends Returns {
  /** @type {string} */ #how;
  /** @type {Array<WeakRef<any>>} */ #targets;

  /** @param {object} promise @param {string} how @param {Array<WeakRef<any>>} targets */
  constructor(promise, how, targets) {
    super(promise);
    this.#how = how;
    this.#targets = targets;
  }

  /** @param {any} promise @param {string} how @param {Array<WeakRef<any>>} targets */
  static replace(promise, how, targets) {
    promise.#how = how;
    promise.#targets = targets;
  }

  /** @param {any} promise @returns {{how: string, targets: any[]} | null} */
  static of(promise) {
    if (!(#how in promise)) return null;
    const targets = bareArray();
    for (let i = 0; i < promise.#targets.length; i++) {
      const target = weakDeref(promise.#targets[i]);
      if (target !== undefined) targets[targets.length] = target;
    }
    return { how: promise.#how, targets };
  }
}

/** What a promise waits for, if that was kept. @type {(promise: any) => {how: string, targets: any[]} | null} */
export const waitsOf = Waits.of;

/**
 * Keeps that a promise waits for others; the first such note stays.
 * @param {any} promise @param {string} how @param {any[]} targets
 */
export function linkWaits(promise, how, targets) {
  if (Waits.of(promise) === null) new Waits(promise, how, weakly(targets));
}

/**
 * Keeps that a promise now waits for another one only: it was resolved with it.
 * @param {any} promise @param {any} target
 */
export function linkAdopted(promise, target) {
  if (promise === target) return;
  if (Waits.of(promise) === null) new Waits(promise, STANDS_FOR, weakly([target]));
  else Waits.replace(promise, STANDS_FOR, weakly([target]));
}

/** How a promise waits for another in whose place it stands: no step that a worker would know. */
export const STANDS_FOR = '';

/** @param {any[]} targets */
function weakly(targets) {
  /** @type {Array<WeakRef<any>>} */
  const references = bareArray();
  for (let i = 0; i < targets.length; i++) references[i] = new NativeWeakRef(targets[i]);
  if (kept.list !== null) kept.list[kept.list.length] = targets;
  return references;
}

/** What is kept from the garbage collector. @type {{list: any[] | null}} */
const kept = { list: null };

/** From now on what a promise waits for is kept until the next call: no explanation shall depend on memory. */
export function keepLinks() {
  kept.list = bareArray();
}
