// @ts-check
/**
 * Finds what a request hangs on: from its answer along everything that waits, down to the promise
 * that does not settle.
 *
 * A step goes from a promise to what it waits for: the elements of a combinator, the parent of a
 * `then`, the engine's promise behind a guard, or, for the promise of an async function, an `await`
 * in that function. The last is told by the function's place in its file, since the engine does not
 * say which call an await belongs to. Without recorded sites only waits for other requests' promises
 * are known, and the newest one is taken.
 */

import { ArrayPrototypePush, bareArray, ObjectSetPrototypeOf, SafeSet } from '../core/primordials.js';
import { isPendingNow } from '../core/following.js';
import { resolversOf } from '../core/promises.js';
import { promiseMade, promiseOwner, STANDS_FOR, waitsOf } from '../core/stamp.js';
import { madeBehind } from '../streams/made.js';
import { framesOf } from './frames.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('./frames.js').Frames} Frames */

/**
 * What is waited for in the end, best known first: another request's promise, one of start-up, a
 * stream, or a promise of its own.
 * @typedef {'foreign' | 'start-up' | 'stream' | 'own'} Relation
 */

/**
 * @typedef {object} Root
 * @property {Relation} relation
 * @property {Promise<any>} promise that does not settle
 * @property {Context | null} owner of the promise
 * @property {Frames} awaited where it is awaited
 * @property {Array<{how: string, at: Frames}>} path from the answer to there, outermost first
 * @property {number} rank lower is better
 */

/** A wait with its stack taken apart. @typedef {{target: Promise<any>, how: string, frames: Frames, instead: Promise<any> | null}} Wait */

const DEEPEST = 40;
const RANKS = { foreign: 0, 'start-up': 1, stream: 2, own: 3 };

/**
 * @param {Context} context which hangs
 * @param {'answer' | 'body' | 'background'} purpose the part of it that cannot be done
 * @returns {Root | null} null when nothing is known of what it waits for
 */
export function findRoot(context, purpose) {
  const search = new Search(context);
  if (purpose === 'answer' && context.result !== undefined) search.from(context.result);
  const trail = context.trail;
  if (purpose === 'background' && trail !== null && trail.background !== null) {
    trail.background.forEach((promise) => search.from(promise));
  }
  // Without sites only its newest wait for another request tells what the answer waits for.
  if (search.best === null || isBlind(search.best)) search.fromAnywhere();
  else if (search.best.relation === 'own' && resolversOf(search.best.promise) === null) search.goBehind(false);
  return search.best;
}

/**
 * What is behind a promise whose resolving functions nobody keeps: code that waits for something
 * else before it would call them.
 * @param {Context} context @param {Root} root which is the request's own
 * @returns {Root} another request's promise or one of start-up, else the same
 */
export function findBehind(context, root) {
  const search = new Search(context);
  search.seen.add(root.promise);
  search.best = root;
  search.goBehind(true);
  return search.best ?? root;
}

/** @param {Root} root */
function isBlind({ relation, promise }) {
  return relation === 'own' && promiseMade(promise) === null;
}

class Search {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.waits = waitsIn(context);
    /** @type {Set<any>} */
    this.seen = new SafeSet();
    /** @type {Root | null} */
    this.best = null;
  }

  /** @param {Promise<any>} promise */
  from(promise) {
    this.visit(promise, NOWHERE, bareArray(), 0);
  }

  /** Starts at the newest waits. */
  fromAnywhere() {
    const waits = this.waits;
    for (let i = waits.length - 1; i >= 0; i--) {
      this.visit(waits[i].target, waits[i].frames, bareArray(), 0);
      if (this.best !== null && this.best.rank === 0) return;
    }
  }

  /**
   * Goes on from a promise of which is not known what would settle it (a step of an async generator,
   * one that a callback was to settle): to the newest wait that the search has not come by.
   * @param {boolean} isForOthers only to what is not the request's own
   */
  goBehind(isForOthers) {
    const front = /** @type {Root} */ (this.best);
    const path = step(front.path, 'awaits', front.awaited);
    this.best = null;
    for (let i = this.waits.length - 1; i >= 0; i--) {
      const { target, how, frames, instead } = this.waits[i];
      if (promiseOwner(target) === this.context && (isForOthers || how !== 'awaits')) continue;
      this.visit(instead ?? target, frames, path, 0);
    }
    if (this.best === null) this.best = front;
  }

  /**
   * @param {Promise<any>} promise
   * @param {Frames} awaited the place where it is waited for
   * @param {Array<{how: string, at: Frames}>} path
   * @param {number} depth
   * @returns {boolean} whether something that does not settle was found there
   */
  visit(promise, awaited, path, depth) {
    if (depth > DEEPEST || this.seen.has(promise)) return false;
    this.seen.add(promise);
    for (let i = 0; i < this.waits.length; i++) {
      const wait = this.waits[i];
      if (wait.instead === promise || (wait.instead !== null && wait.target === promise)) {
        this.found(wait.target, known(wait.frames, awaited), path);
        return true;
      }
    }
    const owner = promiseOwner(promise);
    if (owner === undefined || !isPendingNow(promise)) return false;
    if (owner !== this.context) {
      this.found(promise, awaited, path);
      return true;
    }
    const here = known(awaited, this.placeOf(promise));
    const made = framesOf(promiseMade(promise));
    const isStream = made.inStreams || madeBehind(promise) !== null;
    if (!this.descend(promise, made, isStream, here, path, depth)) this.found(promise, here, path, isStream);
    return true;
  }

  /**
   * Goes on to what an own promise waits for.
   * @param {Promise<any>} promise @param {Frames} made @param {boolean} isStream
   * @param {Frames} awaited
   * @param {Array<{how: string, at: Frames}>} path @param {number} depth
   * @returns {boolean} whether there is anything it is known to wait for
   */
  descend(promise, made, isStream, awaited, path, depth) {
    let isKnown = false;
    const links = waitsOf(promise);
    if (links !== null) {
      const isSame = links.how === STANDS_FOR;
      const next = isSame ? path : step(path, links.how, awaited);
      for (let i = 0; i < links.targets.length; i++) {
        if (!isSame && !isWaiting(links.targets[i], this)) continue;
        if (this.visit(links.targets[i], isSame ? awaited : NOWHERE, next, depth + 1)) isKnown = true;
      }
      if (isKnown) return true;
    }
    // The engine makes the promise of an async function where the function begins. What a stream
    // or a constructor made there is another.
    if (isStream || resolversOf(promise) !== null) return false;
    if (made.visible.length === 0 || !made.visible[0].isEntry) return false;
    const body = made.visible[0].body;
    for (let i = 0; i < this.waits.length; i++) {
      const wait = this.waits[i];
      const top = wait.frames.visible;
      if (wait.how !== 'awaits' || wait.target === promise) continue;
      if (top.length === 0 || top[0].body !== body) continue;
      const next = step(path, 'awaits', awaited);
      if (this.visit(wait.instead ?? wait.target, wait.frames, next, depth + 1)) isKnown = true;
    }
    return isKnown;
  }

  /** Where this request waits for a promise of its own. @param {Promise<any>} promise */
  placeOf(promise) {
    for (let i = this.waits.length - 1; i >= 0; i--) {
      if (this.waits[i].target === promise) return this.waits[i].frames;
    }
    return NOWHERE;
  }

  /**
   * @param {Promise<any>} promise @param {Frames} awaited
   * @param {Array<{how: string, at: Frames}>} path @param {boolean} [isStream]
   */
  found(promise, awaited, path, isStream) {
    const owner = promiseOwner(promise) ?? null;
    /** @type {Relation} */
    let relation = 'own';
    if (owner === null) relation = 'start-up';
    else if (owner !== this.context) relation = 'foreign';
    else if (isStream) relation = 'stream';
    const rank = RANKS[relation];
    if (this.best !== null && this.best.rank <= rank) return;
    this.best = { relation, promise, owner, awaited, path, rank };
  }
}

// Otherwise setters that a worker puts on Object.prototype would be handed what is set here.
ObjectSetPrototypeOf(Search.prototype, null);

/** @type {Frames} */
const NOWHERE = { visible: bareArray(), inStreams: false };

/** @param {Frames} frames @param {Frames} otherwise */
function known(frames, otherwise) {
  return frames.visible.length > 0 ? frames : otherwise;
}

/** @param {any} promise @param {Search} search */
function isWaiting(promise, search) {
  if (promiseOwner(promise) === undefined) return false;
  for (let i = 0; i < search.waits.length; i++) {
    if (search.waits[i].instead === promise) return true;
  }
  return isPendingNow(promise);
}

/**
 * @param {Array<{how: string, at: Frames}>} path @param {string} how @param {Frames} at
 * @returns {Array<{how: string, at: Frames}>}
 */
function step(path, how, at) {
  if (at.visible.length === 0) return path;
  /** @type {Array<{how: string, at: Frames}>} */
  const longer = bareArray();
  for (let i = 0; i < path.length; i++) ArrayPrototypePush(longer, path[i]);
  ArrayPrototypePush(longer, { how, at });
  return longer;
}

/** All waits of a request that have not come to an end, oldest first. @param {Context} context @returns {Wait[]} */
function waitsIn(context) {
  /** @type {Wait[]} */
  const waits = bareArray();
  const trail = context.trail;
  if (trail !== null) {
    for (let i = 0; i < trail.awaits.length; i++) {
      const { target, how, at } = trail.awaits[i];
      if (!isPendingNow(target)) continue;
      ArrayPrototypePush(waits, { target, how, frames: framesOf(at), instead: null });
    }
    for (let i = 0; i < trail.gone.length; i++) ArrayPrototypePush(waits, diverted(trail.gone[i]));
    if (trail.lost !== null) ArrayPrototypePush(waits, divertedBy(trail.lost));
  }
  if (context.links !== null) {
    context.links.forEach((link) => {
      const follow = /** @type {any} */ (link);
      if (follow.target !== undefined) ArrayPrototypePush(waits, divertedBy(follow));
    });
  }
  return waits;
}

/** @param {{target: Promise<any>, how: string, at: Error, instead: Promise<any>}} wait @returns {Wait} */
function diverted({ target, how, at, instead }) {
  return { target, how, frames: framesOf(at), instead };
}

/** @param {import('../core/following.js').Follow} follow @returns {Wait} */
export function divertedBy(follow) {
  return { target: follow.target, how: follow.how, frames: framesOf(follow.at), instead: follow.promise };
}
