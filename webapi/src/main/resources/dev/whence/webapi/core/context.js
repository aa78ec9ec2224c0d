// @ts-check
/**
 * Who is running: the request context of a continuation, and the one whose turn it is.
 *
 * The *current* request rides on the engine's continuation data, so after an `await` it is the
 * request that wrote the `await`, whoever settled the promise. User code cannot swap it: the
 * AsyncLocalStorage that a worker gets lives inside the same frame (see node/async-local-storage.js).
 */

import { NativeError, nodeRequire, ObjectSetPrototypeOf, SafeMap } from './primordials.js';
import { crossRequestIo, GLOBAL_SCOPE } from './messages.js';
import { emit } from './outbox.js';
import { announce, endTrail, forgetWork, here, noteWork } from './provenance.js';

/** One incoming event and all work done for it: the JavaScript side of `RequestContext`. */
export class Context {
  /** @param {number} id */
  constructor(id) {
    /** Number of this request within the isolate. */
    this.id = id;
    /** True once the request has its outcome: none of its code may run again. */
    this.ended = false;
    /** The handler's answer was handed over. */
    this.answered = false;
    /** waitUntil promises not settled yet. */
    this.waitUntil = 0;
    /** Streams the host still pumps for it. */
    this.streams = 0;
    /** Work queued for a later turn of this request, by token. @type {Map<number, () => void> | null} */
    this.jobs = null;
    /** Undo of each cross-request follow it takes part in. @type {Set<{release(): void}> | null} */
    this.links = null;
    /** What to call once when the request ends, newest first. @type {{callback: () => void, next: any} | null} */
    this.onEnd = null;
    /** Bytes logged so far. */
    this.logBytes = 0;
    this.logFull = false;
    /** As `logFull`, for exceptions. */
    this.exceptionsFull = false;
    /** The worker-visible ctx or event object. @type {any} */
    this.handle = null;
    /** Running timers by id, made with the first one. @type {import('../timers/timers.js').Timers | null} */
    this.timers = null;
    /** What its answer hangs on: the handler's result while that is pending. @type {any} */
    this.result = undefined;
    /** What explains a hang. @type {import('./provenance.js').Trail | null} */
    this.trail = null;
    /** Aborted when the client leaves. @type {AbortController | null} */
    this.signalController = null;
    /** @type {Frame} */
    this.frame = { context: this, locals: null };
  }
}
// Otherwise setters that a worker puts on Object.prototype would be handed the context.
ObjectSetPrototypeOf(Context.prototype, null);

/**
 * @typedef {{context: Context, locals: Map<object, unknown> | null}} Frame
 * What the continuation data holds: the request, and the values of the worker's own
 * AsyncLocalStorage instances (never changed once made).
 */

const { AsyncLocalStorage } = nodeRequire('node:async_hooks');
const storage = new AsyncLocalStorage();
const getStore = storage.getStore.bind(storage);
/** @type {(frame: Frame | undefined, fn: () => any) => any} */
export const runInFrame = storage.run.bind(storage);

const enterWith = storage.enterWith.bind(storage);

/** Forgets a frame that a terminated turn left behind. */
export function resetFrame() {
  enterWith(undefined);
}

/** @returns {Frame | undefined} */
export const currentFrame = getStore;

/** The request on whose behalf this code runs; null at start-up. @returns {Context | null} */
export function current() {
  const frame = getStore();
  return frame === undefined ? null : frame.context;
}

/** @type {Map<number, Context>} */
const live = new SafeMap();

/** @type {{context: Context | null, now: Float64Array | null}} */
const turn = { context: null, now: null };

/** The request that the running turn belongs to; null between turns and at start-up. */
export function turnContext() {
  return turn.context;
}

/** @param {Context | null} context */
export function enterTurn(context) {
  turn.context = context;
}

/**
 * @param {Float64Array} clock element 0 is the loop's time in milliseconds, set before each turn;
 *   element 1 tells whether sites are to be kept (core/provenance.js)
 */
export function connectClock(clock) {
  turn.now = clock;
}

/** The loop's clock: the time at which this turn began; 0 in global scope (7.3, 8.10). */
export function now() {
  return current() === null ? 0 : hostNow();
}

/** Whether the host wants sites to be kept. */
export function hostWantsSites() {
  return turn.now !== null && turn.now[1] === 1;
}

/** The loop's clock, in global scope as well. */
export function hostNow() {
  return turn.now === null ? 0 : turn.now[0];
}

/** @param {number} id */
export function openContext(id) {
  const context = new Context(id);
  live.set(id, context);
  return context;
}

/** @param {number} id @returns {Context | undefined} */
export function contextOf(id) {
  return live.get(id);
}

/** Ends a request on this side: its jobs, streams and follows are dropped. @param {Context} context */
export function endContext(context) {
  if (context.ended) return;
  context.ended = true;
  live.delete(context.id);
  context.jobs = null;
  const links = context.links;
  context.links = null;
  if (links !== null) links.forEach((link) => link.release());
  let entry = context.onEnd;
  context.onEnd = null;
  for (; entry !== null; entry = entry.next) entry.callback();
  endTrail(context);
}

/** Registers work to do once when the request ends. @param {Context} context @param {() => void} callback */
export function whenEnded(context, callback) {
  context.onEnd = { callback, next: context.onEnd };
}

/** The current request, or the documented error of rule 7.1. @returns {Context} */
export function requireCurrent() {
  const context = current();
  if (context === null) throw new NativeError(GLOBAL_SCOPE);
  return context;
}

/**
 * Rule 6.1: an object bound to a request may be used only by that request while it lives.
 * @param {Context} owner
 * @param {string} type the kind of object, as printed for the user
 * @param {any} object what is used
 */
export function checkOwner(owner, type, object) {
  const context = current();
  if (context === owner && !owner.ended) return;
  if (context !== null && context !== owner && !context.ended) noteMisuse(context, owner, type, object);
  throw new NativeError(crossRequestIo(type));
}

/** @param {Context} context @param {Context} owner @param {string} type @param {any} object */
function noteMisuse(context, owner, type, object) {
  const name = announce({ type, owner, object, at: here() });
  emit('i\0' + context.id + '\0' + owner.id + '\0' + name + '\0');
}

let lastToken = 0;

/** Counts tokens from the beginning, for a new instance of the worker. */
export function resetTokens() {
  lastToken = 0;
}

/** Under which a pending event's site is kept. @param {number} token */
export const workKey = (token) => 'o' + token;

/** A number that names a pending event, a job or a stream within the isolate. */
export function nextToken() {
  return ++lastToken;
}

/**
 * Queues work for a turn of its own of the given request; dropped when that has ended.
 * @param {Context} context
 * @param {() => void} job
 * @param {number} [token] of a pending event that this completes
 */
export function enqueue(context, job, token) {
  if (context.ended) return;
  const name = token === undefined ? nextToken() : token;
  if (token !== undefined) forgetWork(context, workKey(token));
  if (context.jobs === null) context.jobs = new SafeMap();
  /** @type {Map<number, () => void>} */ (context.jobs).set(name, job);
  emit('q\0' + context.id + '\0' + name + '\0');
}

/**
 * Registers a pending event: outside work that will enqueue a job for this request.
 * @param {Context} context
 * @param {string} description completes the sentence "waiting for …"
 * @returns {number} its token
 */
export function startPending(context, description) {
  const token = nextToken();
  noteWork(context, workKey(token));
  emit('+\0' + context.id + '\0' + token + '\0' + description + '\0');
  return token;
}

/** @param {Context} context @param {number} token */
export function endPending(context, token) {
  forgetWork(context, workKey(token));
  if (!context.ended) emit('-\0' + context.id + '\0' + token + '\0');
}
