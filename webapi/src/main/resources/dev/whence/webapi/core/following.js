// @ts-check
/**
 * Ownership of promises: who made one, and who may follow it.
 *
 * Every promise is stamped with the request that created it. A request that follows another's
 * pending promise is diverted to a promise of its own (workers-semantics.md, sections 3 and 4),
 * which settles in a turn of the follower or never. Together with promises.js, which delivers
 * settlements to the owner, this keeps an invariant: code after an `await` runs only while its
 * request lives.
 *
 * `own` is called by rewritten code before each `await` (see modules/transform.js); `then` replaces
 * Promise.prototype.then.
 */

import {
  ArrayPrototype,
  isPromise,
  NativeError,
  NativeTypeError,
  nodeRequire,
  ObjectPrototype,
  ObjectPrototypeHasOwnProperty,
  ObjectSetPrototypeOf,
  PromisePrototypeThen,
  PromiseReject,
  PromiseWithResolvers,
  ReflectApply,
  SafeSet,
  SafeWeakMap,
  SymbolAsyncIterator,
  SymbolIterator,
} from './primordials.js';
import { currentFrame, enqueue, nextToken } from './context.js';
import { NO_CONTEXT_FOLLOW, OWNER_GONE } from './messages.js';
import { emit } from './outbox.js';
import { addNote, announce, here, noteAwait, noteVictim, provenance, trailOf } from './provenance.js';
import { linkAdopted, linkWaits, Made, Stamp } from './stamp.js';

export { promiseOwner, Returns } from './stamp.js';

/** @typedef {import('./context.js').Context} Context */

/**
 * Settings of the worker. `mode` is `cancel` (section 3 made strict) or `follow` (section 4);
 * `deliver` is the flag handle_cross_request_promise_resolution (section 5).
 * @type {{follow: boolean, deliver: boolean, isPending: (promise: any) => boolean,
 *   warn: (context: Context, text: string) => void}}
 */
export const rules = { follow: true, deliver: true, isPending: () => true, warn: () => {} };

/** @param {Partial<typeof rules>} settings */
export function configureRules(settings) {
  if (settings.follow !== undefined) rules.follow = settings.follow;
  if (settings.deliver !== undefined) rules.deliver = settings.deliver;
  if (settings.isPending !== undefined) rules.isPending = settings.isPending;
  if (settings.warn !== undefined) rules.warn = settings.warn;
}

/** True when settlements travel to the promise's owner (section 5). */
export function deliversSettlements() {
  return rules.deliver;
}

const { promiseHooks } = nodeRequire('node:v8');

/** A `then` of the worker is making its promise. */
let deriving = false;

/** Starts stamping. Promises made earlier have no owner and follow no rule. */
export function trackOwners() {
  promiseHooks.onInit(
    (/** @type {Promise<any>} */ promise, /** @type {Promise<any> | undefined} */ parent) => {
      const frame = currentFrame();
      const owner = frame === undefined ? null : frame.context;
      // Others with a parent are the engine's, one for each `await`: nobody ever sees them.
      const isSeen = provenance.sites && (parent === undefined || deriving);
      new Stamp(promise, owner);
      if (!isSeen) return;
      new Made(promise, here());
      if (parent !== undefined) linkWaits(promise, 'then', [parent]);
    },
  );
}

/** @type {(() => void) | null} */
let stopNotingResolved = null;

/** Switches the recording of sites on or off. @param {boolean} wanted */
export function recordSites(wanted) {
  if (provenance.sites === wanted) return;
  provenance.sites = wanted;
  // Node keeps its hooks in arrays. Without this one, promises that are resolved count as pending
  // until somebody looks: more is noted then, and nothing is wrong.
  if (inheritsElements()) return;
  if (stopNotingResolved !== null) {
    stopNotingResolved();
    stopNotingResolved = null;
  }
  if (wanted) stopNotingResolved = promiseHooks.onSettled(Stamp.markResolved);
}

/** True when a worker has given all arrays an element, by an accessor perhaps. */
function inheritsElements() {
  return (
    ObjectPrototypeHasOwnProperty(ObjectPrototype, '0') ||
    ObjectPrototypeHasOwnProperty(ArrayPrototype, '0')
  );
}

/** @param {any} promise */
export function isPendingNow(promise) {
  if (Stamp.isKnownSettled(promise)) return false;
  if (rules.isPending(promise)) return true;
  Stamp.markSettled(promise);
  return false;
}

// --- following -----------------------------------------------------------------------------------

/**
 * All who follow one foreign promise: a single native reaction serves them, and followers that end
 * first leave no trace on it.
 */
class Followers {
  /** @param {any} promise @param {Context | null} owner */
  constructor(promise, owner) {
    this.promise = promise;
    this.owner = owner;
    /** @type {Set<Follow>} */
    this.follows = new SafeSet();
    PromisePrototypeThen(
      promise,
      (/** @type {any} */ value) => this.settle(false, value),
      (/** @type {any} */ reason) => this.settle(true, reason),
    );
    if (owner !== null) link(owner, this);
  }

  /** @param {boolean} rejected @param {any} value */
  settle(rejected, value) {
    const owner = this.owner;
    if (owner !== null && owner.links !== null) owner.links.delete(this);
    this.follows.forEach((follow) => follow.settle(rejected, value));
    this.follows.clear();
  }

  /** The owner ended with the promise pending (5.6). */
  release() {
    if (!rules.deliver || !rules.follow) return;
    this.follows.forEach((follow) => {
      noteGone(follow.context, this.promise, follow, follow.promise);
      follow.settle(true, new NativeError(OWNER_GONE));
    });
    this.follows.clear();
  }
}

detach(Followers);

/** One request's wait for another's promise. */
export class Follow {
  /** @param {Context} context @param {Followers} followers @param {string} how */
  constructor(context, followers, how) {
    this.context = context;
    this.followers = followers;
    /** @type {Promise<any>} */
    this.target = followers.promise;
    this.how = how;
    this.at = here();
    this.token = nextToken();
    const { promise, resolve, reject } = PromiseWithResolvers();
    this.promise = promise;
    this.resolve = resolve;
    this.reject = reject;
    followers.follows.add(this);
    link(context, this);
  }

  /** @param {boolean} rejected @param {any} value */
  settle(rejected, value) {
    const context = this.context;
    if (context.ended) return;
    if (context.links !== null) context.links.delete(this);
    if (!rules.follow && this.followers.owner !== null) {
      // 3.4: the historic runtime runs the continuation in the owner's turn, where its answer is
      // lost. Ours does not run it; the request ends as NEVER once nothing else is pending.
      trailOf(context).lost = this;
      emit('z\0' + context.id + '\0');
      return;
    }
    enqueue(context, () => (rejected ? this.reject(value) : this.resolve(value)), this.token);
  }

  /** The follower ended first. */
  release() {
    this.followers.follows.delete(this);
  }
}

detach(Follow);

/** Keeps setters on Object.prototype from seeing what is assigned in a class. @param {Function} type */
function detach(type) {
  ObjectSetPrototypeOf(type.prototype, null);
}

/** @param {Context} context @param {{release(): void}} entry */
function link(context, entry) {
  if (context.links === null) context.links = new SafeSet();
  /** @type {Set<{release(): void}>} */ (context.links).add(entry);
}

/**
 * A request followed a promise whose owner has ended.
 * @param {Context} context the follower
 * @param {Promise<any>} target
 * @param {{at: Error, how: string}} wait
 * @param {Promise<any>} instead what it got to follow
 */
function noteGone(context, target, { at, how }, instead) {
  if (context.ended) return;
  const wait = { target, at, how, instead };
  addNote(trailOf(context).gone, wait);
  noteVictim(target, context.id);
  const owner = /** @type {Context} */ (Stamp.owner(target));
  emit('g\0' + context.id + '\0' + owner.id + '\0' + announce(wait) + '\0');
}

/** @type {WeakMap<object, Followers>} */
const followersOf = new SafeWeakMap();

/**
 * What a request gets to follow in place of a promise that is not its own.
 * @param {any} promise
 * @param {Context | null} owner
 * @param {Context | null} context the follower
 * @param {string} how
 * @returns {any}
 */
function divert(promise, owner, context, how) {
  // Code of an ended request that is still on the stack: nothing it waits for comes back to it.
  if (context !== null && context.ended) return PromiseWithResolvers().promise;
  if (!isPendingNow(promise)) return promise;
  if (context === null) {
    if (owner === null) return promise;
    throw new NativeError(NO_CONTEXT_FOLLOW);
  }
  if (owner !== null && owner.ended) {
    const instead =
      rules.follow && rules.deliver
        ? PromiseReject(new NativeError(OWNER_GONE))
        : PromiseWithResolvers().promise;
    noteGone(context, promise, { at: here(), how }, instead);
    return instead;
  }
  let followers = followersOf.get(promise);
  if (followers === undefined) {
    followers = new Followers(promise, owner);
    followersOf.set(promise, followers);
  }
  const follow = new Follow(context, followers, how);
  // Only in `follow`, and only a request's promise, is a pending event of the follower (4.4, 4.9).
  const counts = rules.follow && owner !== null;
  emit(
    'm\0' + context.id + '\0' + (owner === null ? 0 : owner.id) + '\0' + follow.token + '\0' +
      (counts ? '1' : '0') + '\0',
  );
  return follow.promise;
}

/**
 * Called before each `await` of worker code with the awaited value.
 * @param {any} value
 * @returns {any} what to await
 */
export function own(value) {
  return ownFor(value, 'awaits');
}

/** @param {any} value @param {string} how it is waited for @returns {any} */
function ownFor(value, how) {
  if (typeof value !== 'object' || value === null) return value;
  const owner = Stamp.owner(value);
  if (owner === undefined) return value;
  const frame = currentFrame();
  const context = frame === undefined ? null : frame.context;
  if (owner === context && (context === null || !context.ended)) {
    if (provenance.sites && context !== null && !Stamp.isKnownResolved(value)) {
      noteAwait(context, value, how);
    }
    return value;
  }
  return divert(value, owner, context, how);
}

/** Replaces Promise.prototype.then. @this {any} @param {any} onFulfilled @param {any} onRejected */
export function followThen(onFulfilled, onRejected) {
  const target = ownFor(this, 'then');
  if (!provenance.sites) return PromisePrototypeThen(target, onFulfilled, onRejected);
  /** @type {{promise: any}} */
  const derived = { promise: undefined };
  const whenFulfilled = noting(onFulfilled, derived);
  const whenRejected = noting(onRejected, derived);
  deriving = true;
  try {
    derived.promise = PromisePrototypeThen(target, whenFulfilled, whenRejected);
  } finally {
    deriving = false;
  }
  return derived.promise;
}

/**
 * A reaction that also keeps which promise it returned: the derived promise waits for that one then.
 * @param {any} reaction @param {{promise: any}} derived
 */
function noting(reaction, derived) {
  if (typeof reaction !== 'function') return reaction;
  return (/** @type {any} */ value) => {
    const result = ReflectApply(reaction, undefined, [value]);
    if (isPromise(result) && isPromise(derived.promise)) linkAdopted(derived.promise, result);
    return result;
  };
}

/** The engine's error, which names the value where it knows no expression. @param {any} value */
function notIterable(value) {
  /** @type {string} */
  let name = typeof value;
  if (typeof value === 'string') name += ' "' + value + '"';
  else if (value === null || typeof value === 'number' || typeof value === 'boolean') name += ' ' + value;
  return new NativeTypeError(name + ' is not async iterable');
}

/**
 * Wraps what `for await` or `yield*` iterates, so that each step is awaited as `own` awaits.
 * @param {any} iterable
 * @returns {any}
 */
export function ownIterable(iterable) {
  if (iterable === undefined || iterable === null) throw notIterable(iterable);
  const method = iterable[SymbolAsyncIterator];
  const isSync = method === undefined || method === null;
  const start = isSync ? iterable[SymbolIterator] : method;
  if (typeof start !== 'function') throw notIterable(iterable);
  const iterator = ReflectApply(start, iterable, []);
  if (iterator === null || (typeof iterator !== 'object' && typeof iterator !== 'function')) {
    throw new NativeTypeError('Result of the Symbol.asyncIterator method is not an object');
  }
  const next = iterator.next;
  /** @param {any} result */
  const step = (result) => {
    if (!isSync) return own(result);
    if (result !== null && typeof result === 'object' && isPromise(result.value)) {
      return { done: result.done, value: own(result.value) };
    }
    return result;
  };
  /** @type {any} */
  const wrapper = {
    next: (/** @type {any[]} */ ...args) => step(ReflectApply(next, iterator, args)),
    get return() {
      const method = iterator.return;
      if (method === undefined || method === null) return undefined;
      return (/** @type {any[]} */ ...args) => step(ReflectApply(method, iterator, args));
    },
    get throw() {
      const method = iterator.throw;
      if (method === undefined || method === null) return undefined;
      return (/** @type {any[]} */ ...args) => step(ReflectApply(method, iterator, args));
    },
  };
  wrapper[isSync ? SymbolIterator : SymbolAsyncIterator] = () => wrapper;
  return wrapper;
}
