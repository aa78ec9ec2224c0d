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
  isPromise,
  NativeError,
  NativeTypeError,
  nodeRequire,
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

/** @typedef {import('./context.js').Context} Context */

/** Makes `this` of a subclass the given object, which so gets the subclass's private fields. */
export class Returns {
  /** @param {object} object */
  constructor(object) {
    return object;
  }
}

/** Keeps facts on a promise in private fields: invisible to a worker and cheaper than a WeakMap. */
class Stamp extends Returns {
  /** @type {Context | null} */ #owner;
  #settled = false;

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
    return /** @type {Stamp} */ (promise).#settled;
  }

  /** @param {any} promise */
  static markSettled(promise) {
    /** @type {Stamp} */ (promise).#settled = true;
  }
}

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

/** The request that created a promise; null for start-up, undefined when unknown. @param {any} promise */
export function promiseOwner(promise) {
  return Stamp.owner(promise);
}

/** True when settlements travel to the promise's owner (section 5). */
export function deliversSettlements() {
  return rules.deliver;
}

/** Starts stamping. Promises made earlier have no owner and follow no rule. */
export function trackOwners() {
  nodeRequire('node:v8').promiseHooks.onInit((/** @type {Promise<any>} */ promise) => {
    const frame = currentFrame();
    new Stamp(promise, frame === undefined ? null : frame.context);
  });
}

/** @param {any} promise */
function isPendingNow(promise) {
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
    this.follows.forEach((follow) => follow.settle(true, new NativeError(OWNER_GONE)));
    this.follows.clear();
  }
}

detach(Followers);

/** One request's wait for another's promise. */
class Follow {
  /** @param {Context} context @param {Followers} followers */
  constructor(context, followers) {
    this.context = context;
    this.followers = followers;
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

/** @type {WeakMap<object, Followers>} */
const followersOf = new SafeWeakMap();

/**
 * What a request gets to follow in place of a promise that is not its own.
 * @param {any} promise
 * @param {Context | null} owner
 * @param {Context | null} context the follower
 * @returns {any}
 */
function divert(promise, owner, context) {
  // Code of an ended request that is still on the stack: nothing it waits for comes back to it.
  if (context !== null && context.ended) return PromiseWithResolvers().promise;
  if (!isPendingNow(promise)) return promise;
  if (context === null) {
    if (owner === null) return promise;
    throw new NativeError(NO_CONTEXT_FOLLOW);
  }
  if (owner !== null && owner.ended) {
    emit('g\0' + context.id + '\0' + owner.id + '\0');
    return rules.follow && rules.deliver
      ? PromiseReject(new NativeError(OWNER_GONE))
      : PromiseWithResolvers().promise;
  }
  let followers = followersOf.get(promise);
  if (followers === undefined) {
    followers = new Followers(promise, owner);
    followersOf.set(promise, followers);
  }
  const follow = new Follow(context, followers);
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
  if (typeof value !== 'object' || value === null) return value;
  const owner = Stamp.owner(value);
  if (owner === undefined) return value;
  const frame = currentFrame();
  const context = frame === undefined ? null : frame.context;
  if (owner === context && (context === null || !context.ended)) return value;
  return divert(value, owner, context);
}

/** Replaces Promise.prototype.then. @this {any} @param {any} onFulfilled @param {any} onRejected */
export function followThen(onFulfilled, onRejected) {
  return PromisePrototypeThen(own(this), onFulfilled, onRejected);
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
