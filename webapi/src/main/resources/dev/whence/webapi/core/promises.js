// @ts-check
/**
 * Where promises settle: the Promise constructor that workers see, and delivery to the owner.
 *
 * The resolving functions handed to a worker deliver the settlement of a request's promise to that
 * request (workers-semantics.md, section 5), or drop it when the request has ended. Promises that
 * engine code settles are guarded for the same reason.
 */

import {
  ArrayIsArray,
  ArrayPrototypePush,
  bareArray,
  isPromise,
  isProxy,
  NativePromise,
  NativePromisePrototype,
  NativeTypeError,
  NativeWeakRef,
  ObjectDefineProperties,
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ObjectGetPrototypeOf,
  PromisePrototypeThen,
  PromiseReject,
  PromiseWithResolvers,
  ReflectApply,
  ReflectConstruct,
  weakDeref,
} from './primordials.js';
import { current, enqueue, hostNow, turnContext } from './context.js';
import { followThen, own, rules } from './following.js';
import { DROPPED } from './messages.js';
import { emit } from './outbox.js';
import { announceDrop, here, provenance } from './provenance.js';
import { linkAdopted, linkWaits, Returns, STANDS_FOR } from './stamp.js';

export { own, ownIterable } from './following.js';

/** @typedef {import('./context.js').Context} Context */

/**
 * Settles a promise of `owner` from wherever the caller is.
 * @param {Context} owner
 * @param {(value: any) => void} settleNow
 * @param {any} value
 * @param {boolean} mayBeThenable
 * @param {Resolvers} resolvers through which it is settled
 */
function settleFor(owner, settleNow, value, mayBeThenable, resolvers) {
  const context = current();
  if (owner.ended) {
    // Section 5.5. The owner's own leftovers (a `finally` on the stack) are dropped in silence.
    if (context !== null && context !== owner && rules.deliver && rules.follow) {
      rules.warn(context, DROPPED);
    }
    if (context !== owner) {
      const drop = { settler: context, at: here(), millis: hostNow() };
      const name = announceDrop(resolvers.promise, drop);
      emit('y\0' + owner.id + '\0' + (context === null ? 0 : context.id) + '\0' + name + '\0');
    }
    return;
  }
  if (turnContext() === owner || !rules.deliver) {
    settleNow(value);
    return;
  }
  if (context === owner) {
    // Its own code, resumed by another request's turn: the reactions still belong to its own turn.
    enqueue(owner, () => settleNow(value));
    return;
  }
  if (mayBeThenable && isThenable(value)) {
    // 5.3: the thenable is asked in the settler's context; only the final settlement moves.
    const adopted = ReflectConstruct(NativePromise, [(/** @type {any} */ done) => done(value)]);
    const { promise, resolve, reject } = PromiseWithResolvers();
    PromisePrototypeThen(own(adopted), resolve, reject);
    PromisePrototypeThen(
      promise,
      (/** @type {any} */ final) => settleFor(owner, settleNow, final, false, resolvers),
      (/** @type {any} */ reason) =>
        settleFor(owner, () => settleNow(PromiseReject(reason)), undefined, false, resolvers),
    );
    return;
  }
  enqueue(owner, () => settleNow(value));
}

/** @param {any} value */
function isThenable(value) {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}

/**
 * The resolving functions of one promise, as a worker got them.
 * @typedef {object} Resolvers
 * @property {Promise<any> | undefined} promise known once the executor has run
 * @property {Promise<any> | undefined} adopted what the executor resolved it with
 * @property {(value?: any) => void} resolve
 * @property {(reason?: any) => void} reject
 */

/** Keeps a promise's resolving functions on it, where sites are kept. */
class Capability extends Returns {
  /** @type {Resolvers} */ #resolvers;

  /** @param {object} promise @param {Resolvers} resolvers */
  constructor(promise, resolvers) {
    super(promise);
    this.#resolvers = resolvers;
  }

  /** @param {any} promise @returns {Resolvers | null} */
  static of(promise) {
    return #resolvers in promise ? promise.#resolvers : null;
  }
}

/** The resolving functions of a promise that a worker made, if sites were kept then. @type {(promise: any) => Resolvers | null} */
export const resolversOf = Capability.of;

/** @param {Promise<any>} promise @param {Resolvers} resolvers */
function tie(promise, resolvers) {
  resolvers.promise = promise;
  if (!provenance.sites) return;
  new Capability(promise, resolvers);
  if (resolvers.adopted !== undefined) linkAdopted(promise, resolvers.adopted);
}

/**
 * The pair of resolving functions handed to worker code for a promise of the current request.
 * @param {Context} owner
 * @param {(value: any) => void} resolve
 * @param {(reason: any) => void} reject
 * @returns {Resolvers}
 */
function wrapResolvers(owner, resolve, reject) {
  let called = false;
  /** @type {Resolvers} */
  const resolvers = {
    promise: undefined,
    adopted: undefined,
    resolve: (value) => {
      if (called) return;
      called = true;
      if (provenance.sites && isPromise(value)) {
        if (resolvers.promise === undefined) resolvers.adopted = value;
        else linkAdopted(resolvers.promise, value);
      }
      settleFor(owner, resolve, value, true, resolvers);
    },
    reject: (reason) => {
      if (called) return;
      called = true;
      settleFor(owner, reject, reason, false, resolvers);
    },
  };
  return resolvers;
}

/**
 * A promise of the current request for one that engine code made and may settle in any turn.
 * @param {Promise<any>} promise
 * @returns {Promise<any>}
 */
export function guard(promise) {
  const owner = current();
  if (owner === null) return promise;
  const { promise: guarded, resolve, reject } = PromiseWithResolvers();
  if (provenance.sites) linkWaits(guarded, STANDS_FOR, [promise]);
  PromisePrototypeThen(
    promise,
    (/** @type {any} */ value) => deliver(owner, () => resolve(value)),
    (/** @type {any} */ reason) => deliver(owner, () => reject(reason)),
  );
  return guarded;
}

/** Runs `settle` in a turn of its owner: now if this is one. @param {Context} owner @param {() => void} settle */
export function deliver(owner, settle) {
  if (owner.ended) return;
  if (turnContext() === owner) settle();
  else enqueue(owner, settle);
}

/** The Promise that workers see. @this {any} @param {any} executor */
function WrappedPromise(executor) {
  if (new.target === undefined) {
    throw new NativeTypeError("Promise constructor cannot be invoked without 'new'");
  }
  const target = new.target === WrappedPromise ? NativePromise : new.target;
  const owner = current();
  if (owner === null || typeof executor !== 'function') {
    return ReflectConstruct(NativePromise, [executor], target);
  }
  /** @type {Resolvers | undefined} */
  let wrapped;
  const promise = ReflectConstruct(
    NativePromise,
    [
      (/** @type {any} */ resolve, /** @type {any} */ reject) => {
        wrapped = wrapResolvers(owner, resolve, reject);
        executor(wrapped.resolve, wrapped.reject);
      },
    ],
    target,
  );
  if (wrapped !== undefined) tie(promise, wrapped);
  return promise;
}

/** How many of the promises given to a combinator are kept. */
const MOST_ELEMENTS = 256;

/**
 * Keeps which promises a combinator's result waits for.
 * @param {Promise<any>} result @param {string} name of the combinator @param {any} given
 */
function linkElements(result, name, given) {
  if (!ArrayIsArray(given) || isProxy(given)) return;
  /** @type {any[]} */
  const promises = bareArray();
  for (let i = 0; i < given.length && i < MOST_ELEMENTS; i++) {
    const element = ObjectGetOwnPropertyDescriptor(given, i);
    if (element !== undefined && isPromise(element.value)) ArrayPrototypePush(promises, element.value);
  }
  linkWaits(result, 'Promise.' + name, promises);
}

/** A static of the engine's Promise that treats our constructor as the engine's. @param {Function} method */
function staticOf(method) {
  const { name, length } = method;
  const holder = {
    [name](/** @type {any[]} */ ...args) {
      const type = /** @type {any} */ (this) === WrappedPromise ? NativePromise : this;
      if (!provenance.sites) return ReflectApply(method, type, args);
      /** @type {any} */
      let returned;
      const work = args[0];
      if (name === 'try' && typeof work === 'function') {
        args[0] = (/** @type {any[]} */ ...given) => (returned = ReflectApply(work, undefined, given));
      }
      const result = ReflectApply(method, type, args);
      if (!isPromise(result)) return result;
      if (isPromise(returned)) linkAdopted(result, returned);
      else linkElements(result, name, work);
      return result;
    },
  };
  ObjectDefineProperty(holder[name], 'length', { value: length, configurable: true });
  return holder[name];
}

const nativeWithResolvers = NativePromise.withResolvers;

/** @this {any} */
function withResolvers() {
  if (this !== WrappedPromise) {
    return ReflectApply(nativeWithResolvers, this, []);
  }
  const { promise, resolve, reject } = PromiseWithResolvers();
  const owner = current();
  if (owner === null) return { promise, resolve, reject };
  const wrapped = wrapResolvers(owner, resolve, reject);
  tie(promise, wrapped);
  return { promise, resolve: wrapped.resolve, reject: wrapped.reject };
}

const thenMethod = followThen;
ObjectDefineProperty(thenMethod, 'name', { value: 'then', configurable: true });

/**
 * Puts the wrapped constructor, `then` and async generator methods in place.
 * @param {any} scope the global object
 */
export function installPromises(scope) {
  const hidden = { writable: true, enumerable: false, configurable: true };
  /** @type {Record<string, PropertyDescriptor>} */
  const statics = {};
  const names = ['all', 'allSettled', 'any', 'race', 'resolve', 'reject', 'try'];
  for (let i = 0; i < names.length; i++) {
    const method = /** @type {any} */ (NativePromise)[names[i]];
    statics[names[i]] = { value: staticOf(method), ...hidden };
  }
  statics.withResolvers = { value: withResolvers, ...hidden };
  statics.name = { value: 'Promise', configurable: true };
  statics.length = { value: 1, configurable: true };
  ObjectDefineProperties(WrappedPromise, statics);
  ObjectDefineProperty(WrappedPromise, Symbol.species, {
    get() {
      return this;
    },
    configurable: true,
  });
  ObjectDefineProperty(WrappedPromise, 'prototype', { value: NativePromisePrototype, writable: false });
  ObjectDefineProperty(NativePromisePrototype, 'then', { value: thenMethod, ...hidden });
  // The engine looks these two up in each `await` and `then`, the runtime's own included.
  const fixed = { writable: false, configurable: false };
  ObjectDefineProperty(NativePromisePrototype, 'constructor', fixed);
  ObjectDefineProperty(NativePromise, Symbol.species, { configurable: false });
  ObjectDefineProperty(scope, 'Promise', { value: WrappedPromise, ...hidden });
  guardAsyncGenerators();
}

class Driver extends Returns {
  /** @type {Context | null} */ #first;
  /** The step that was asked for last. @type {WeakRef<Promise<any>> | null} */ #last = null;
  /** @param {object} generator @param {Context | null} first */
  constructor(generator, first) {
    super(generator);
    this.#first = first;
  }
  /** @param {any} generator @param {Context | null} context */
  static isShared(generator, context) {
    if (#first in generator) return generator.#first !== context;
    new Driver(generator, context);
    return false;
  }

  /** Keeps that a step waits for the one before it. @param {any} generator @param {Promise<any>} step */
  static queue(generator, step) {
    if (!(#first in generator)) return;
    const last = generator.#last === null ? undefined : weakDeref(generator.#last);
    if (last !== undefined) linkWaits(step, STANDS_FOR, [last]);
    generator.#last = new NativeWeakRef(step);
  }
}

/**
 * A generator's body runs for whoever resumes it (4.8), so a step asked for by one request may be
 * answered while another runs it. Steps of a generator used by several requests are guarded.
 */
function guardAsyncGenerators() {
  const prototype = ObjectGetPrototypeOf((async function* () {})).prototype;
  const names = ['next', 'return', 'throw'];
  for (let i = 0; i < names.length; i++) {
    const native = prototype[names[i]];
    const holder = {
      [names[i]](/** @type {any} */ value) {
        const promise = ReflectApply(native, this, arguments.length === 0 ? [] : [value]);
        if (this === null || typeof this !== 'object') return promise;
        const isShared = Driver.isShared(this, current());
        if (provenance.sites) Driver.queue(this, promise);
        return isShared ? guard(promise) : promise;
      },
    };
    ObjectDefineProperty(prototype, names[i], {
      value: holder[names[i]],
      writable: true,
      enumerable: false,
      configurable: true,
    });
  }
}
