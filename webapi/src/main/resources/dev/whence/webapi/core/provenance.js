// @ts-check
/**
 * What is remembered so that a hang can be explained: where things were made and awaited.
 *
 * Two levels. `owners` is always on: who made a promise, and where another request follows it.
 * `sites` also keeps where each promise was made and awaited, and where outside work was started.
 * Call stacks are captured as they are and formatted only when a cause is built (explain/). All of
 * it hangs on the request and goes with it, except what an owner still waited for when it ended:
 * that goes with its promises.
 */

import {
  ArrayPrototypePush,
  bareArray,
  NativeError,
  ObjectSetPrototypeOf,
  SafeMap,
  SafeSet,
  SafeWeakMap,
} from './primordials.js';
import { Stamp } from './stamp.js';

/** @typedef {import('./context.js').Context} Context */

/** @type {{sites: boolean}} */
export const provenance = { sites: false };

/** Frames kept of a call stack, those of the runtime included. */
const DEPTH = 20;

/** Waits on its own promises that are kept for each request. */
const MOST_AWAITS = 64;
/** Waits of which a request keeps the newest. */
const MOST_NOTES = 16;
/** Pieces of outside work that are kept for each request. */
const MOST_WORKS = 256;

/** The call stack of this place, not yet formatted. @returns {Error} */
export function here() {
  const limit = NativeError.stackTraceLimit;
  if (limit === DEPTH) return new NativeError();
  setLimit(DEPTH);
  const error = new NativeError();
  setLimit(limit);
  return error;
}

/** The same where sites are kept, else null. */
export function hereIfSites() {
  return provenance.sites ? here() : null;
}

/** @param {number} limit */
function setLimit(limit) {
  try {
    NativeError.stackTraceLimit = limit;
  } catch {
    // The worker has frozen it: then the stack is as long as it wants it.
  }
}

/**
 * Keeps a worker from seeing when stacks are captured: the limit stays a plain value.
 * @param {any} scope the global object
 */
export function installProvenance(scope) {
  const { Error } = scope;
  Object.defineProperty(Error, 'stackTraceLimit', { writable: true, configurable: false });
}

/**
 * A wait of a request.
 * @typedef {object} Wait
 * @property {Promise<any>} target what it waits for
 * @property {Error} at where
 * @property {string} how for example `awaits` or `then`
 */

/**
 * A use of an object bound to another request.
 * @typedef {object} Misuse
 * @property {string} type the kind of object
 * @property {Context} owner of the object
 * @property {any} object
 * @property {Error} at
 */

/** What is remembered of one request. */
export class Trail {
  constructor() {
    /** Waits on its own promises, oldest first. @type {Wait[]} */
    this.awaits = bareArray();
    /** Waits on promises whose owner had ended before, with what it got instead. @type {Array<Wait & {instead: Promise<any>}>} */
    this.gone = bareArray();
    /** The follow whose continuation was lost to another request's turn. @type {any} */
    this.lost = null;
    /** waitUntil promises that are pending. @type {Set<Promise<any>> | null} */
    this.background = null;
    /** Where outside work that is under way was started, by key. @type {Map<string, Error> | null} */
    this.works = null;
  }
}
ObjectSetPrototypeOf(Trail.prototype, null);

/** @param {Context} context @returns {Trail} */
export function trailOf(context) {
  let trail = context.trail;
  if (trail === null) trail = context.trail = new Trail();
  return trail;
}

/** What stays of a request's trail when it ends: the work it did not live to see. @param {Context} context */
export function endTrail(context) {
  context.result = undefined;
  const trail = context.trail;
  if (trail === null) return;
  const works = trail.works;
  if (works === null || works.size === 0) {
    context.trail = null;
    return;
  }
  const left = new Trail();
  left.works = works;
  context.trail = left;
}

/**
 * Notes that a request waits for a promise of its own.
 * @param {Context} context
 * @param {Promise<any>} target
 * @param {string} how
 */
export function noteAwait(context, target, how) {
  const awaits = trailOf(context).awaits;
  if (awaits.length >= MOST_AWAITS) prune(awaits);
  ArrayPrototypePush(awaits, { target, at: here(), how });
}

/** Drops waits that are over, and the oldest half when none is. @param {Wait[]} awaits */
function prune(awaits) {
  let kept = 0;
  for (let i = 0; i < awaits.length; i++) {
    if (!Stamp.isKnownResolved(awaits[i].target)) awaits[kept++] = awaits[i];
  }
  if (kept === MOST_AWAITS) {
    kept = MOST_AWAITS / 2;
    for (let i = 0; i < kept; i++) awaits[i] = awaits[i + kept];
  }
  awaits.length = kept;
}

/**
 * Adds to a short list of notes; the oldest goes.
 * @template T
 * @param {T[]} notes @param {T} note
 */
export function addNote(notes, note) {
  if (notes.length >= MOST_NOTES) {
    for (let i = 1; i < notes.length; i++) notes[i - 1] = notes[i];
    notes.length--;
  }
  ArrayPrototypePush(notes, note);
}

/**
 * Notes where a request started work outside JavaScript.
 * @param {Context} context
 * @param {string} key of the work
 * @param {Error | null} [at] where, if that is not here
 */
export function noteWork(context, key, at) {
  if (!provenance.sites || context.ended) return;
  const trail = trailOf(context);
  if (trail.works === null) trail.works = new SafeMap();
  const works = /** @type {Map<string, Error>} */ (trail.works);
  if (works.size < MOST_WORKS) works.set(key, at ?? here());
}

/** @param {Context} context @param {string} key */
export function forgetWork(context, key) {
  const trail = context.trail;
  if (trail !== null && trail.works !== null) trail.works.delete(key);
}

/** @param {Context} context @param {Promise<any>} promise */
export function noteBackground(context, promise) {
  if (!provenance.sites) return;
  const trail = trailOf(context);
  if (trail.background === null) trail.background = new SafeSet();
  /** @type {Set<Promise<any>>} */ (trail.background).add(promise);
}

/** @param {Context} context @param {Promise<any>} promise */
export function forgetBackground(context, promise) {
  const trail = context.trail;
  if (trail !== null && trail.background !== null) trail.background.delete(promise);
}

// --- promises that requests hung on, and who settled them too late -----------------------------

/**
 * @typedef {object} Drop
 * @property {Context | null} settler
 * @property {Error} at
 * @property {number} millis the loop's time
 */

/** The first settlement of each promise that came after the end of its owner. @type {WeakMap<object, Drop>} */
const drops = new SafeWeakMap();
/** Which requests hung on a promise. @type {WeakMap<object, number[]>} */
const victims = new SafeWeakMap();

/** @param {object} promise @param {number} request number of the request that hung on it */
export function noteVictim(promise, request) {
  const list = victims.get(promise);
  if (list === undefined) victims.set(promise, [request]);
  else addNote(list, request);
}

/** Numbers of the requests that hung on a promise. @param {object} promise @returns {number[]} */
export function victimsOf(promise) {
  const list = victims.get(promise);
  return list === undefined ? [] : list;
}

/** What the host was told of in this turn and may ask about when it is over. @type {Map<number, object>} */
const announced = new SafeMap();
let lastAnnounced = 0;
const MOST_ANNOUNCED = 64;

/**
 * Keeps something for the host until the next turn: its request may have ended by then.
 * @param {object} thing
 * @returns {number} by which the host can ask about it; 0 when there is too much of it
 */
export function announce(thing) {
  if (announced.size >= MOST_ANNOUNCED) return 0;
  announced.set(++lastAnnounced, thing);
  return lastAnnounced;
}

/** Counts announcements from the beginning, for a new instance of the worker. */
export function resetAnnounced() {
  announced.clear();
  lastAnnounced = 0;
}

/** A turn begins: what the host has not asked about it does not want to know. */
export function forgetAnnounced() {
  if (announced.size > 0) announced.clear();
}

/**
 * Notes a settlement that was dropped.
 * @param {object | undefined} promise
 * @param {Drop} drop
 * @returns {number} by which the host can ask about it; 0 when no request hung on the promise
 */
export function announceDrop(promise, drop) {
  if (promise === undefined) return 0;
  if (drops.get(promise) === undefined) drops.set(promise, drop);
  return victims.get(promise) === undefined ? 0 : announce(promise);
}

/** Takes what was announced. @param {number} name @returns {any} undefined when it is gone */
export function takeAnnounced(name) {
  const promise = announced.get(name);
  announced.delete(name);
  return promise;
}

/** @param {object} promise @returns {Drop | undefined} */
export function dropOf(promise) {
  return drops.get(promise);
}
