// @ts-check
/**
 * Replaces the methods of the engine's streams that return promises.
 *
 * The engine settles those promises wherever the other end of the stream is used, which may be in
 * another request's turn. What a worker gets is a promise of its own that settles in its own turn
 * (workers-semantics.md, 5.9). Reads of bound streams need no such promise: they are answered at
 * once or in turns of their owner, and nobody else may read.
 */

import {
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  PromisePrototypeThen,
  PromiseReject,
  ReflectApply,
  ReflectConstruct,
  SafeWeakMap,
  uncurryThis,
} from '../core/primordials.js';
import { current } from '../core/context.js';
import { guard } from '../core/promises.js';
import { boundTo, checkBinding, inheritBinding } from './ownership.js';

/** @typedef {import('../core/context.js').Context} Context */

/** @param {object} prototype @param {PropertyKey} name @param {any} value */
function replace(prototype, name, value) {
  const old = /** @type {PropertyDescriptor} */ (ObjectGetOwnPropertyDescriptor(prototype, name));
  ObjectDefineProperty(value, 'name', { value: old.value.name, configurable: true });
  ObjectDefineProperty(value, 'length', { value: old.value.length, configurable: true });
  ObjectDefineProperty(prototype, name, { ...old, value });
}

/**
 * A method that returns a promise: guarded, and refused to requests that do not own the receiver.
 * @param {any} prototype
 * @param {PropertyKey} name
 */
function guardMethod(prototype, name) {
  const native = prototype[name];
  const holder = {
    /** @this {any} @param {any[]} args */
    method(...args) {
      try {
        checkBinding(this);
      } catch (error) {
        return PromiseReject(error);
      }
      const promise = ReflectApply(native, this, args);
      return isBound(this) ? promise : guard(promise);
    },
  };
  replace(prototype, name, holder.method);
}

/** @param {any} object */
function isBound(object) {
  return object !== null && typeof object === 'object' && boundTo(object) !== null;
}

/** A method that gives a reader or writer: bound as the stream is. @param {any} prototype @param {PropertyKey} name */
function inheritFromMethod(prototype, name) {
  const native = prototype[name];
  const holder = {
    /** @this {any} @param {any[]} args */
    method(...args) {
      checkBinding(this);
      const result = ReflectApply(native, this, args);
      inheritBinding(this, result);
      return result;
    },
  };
  replace(prototype, name, holder.method);
}

/** @type {WeakMap<Promise<any>, {owner: Context | null, guarded: Promise<any>, next: any}>} */
const guardedOf = new SafeWeakMap();

/** The current request's promise for an engine's one: the same each time. @param {Promise<any>} promise */
function guardOnce(promise) {
  const owner = current();
  if (owner === null) return promise;
  const first = guardedOf.get(promise);
  for (let entry = first; entry !== undefined; entry = entry.next) {
    if (entry.owner === owner) return entry.guarded;
  }
  const guarded = guard(promise);
  // As the engine's own: nobody is told when it rejects unseen.
  PromisePrototypeThen(guarded, undefined, () => {});
  guardedOf.set(promise, { owner, guarded, next: first });
  return guarded;
}

/** An attribute that holds a promise. @param {any} prototype @param {PropertyKey} name */
function guardGetter(prototype, name) {
  const old = /** @type {PropertyDescriptor} */ (ObjectGetOwnPropertyDescriptor(prototype, name));
  const native = uncurryThis(/** @type {any} */ (old.get));
  const holder = {
    /** @this {any} */
    get() {
      try {
        checkBinding(this);
      } catch (error) {
        return PromiseReject(error);
      }
      return guardOnce(native(this));
    },
  };
  const { get } = holder;
  ObjectDefineProperty(get, 'name', {
    value: /** @type {any} */ (old.get).name,
    configurable: true,
  });
  ObjectDefineProperty(prototype, name, { ...old, get });
}

/** `values` and `for await`: each step is a promise of its own. @param {any} prototype */
function guardIteration(prototype) {
  const native = prototype.values;
  const holder = {
    /** @this {any} @param {any[]} args */
    values(...args) {
      checkBinding(this);
      const stream = this;
      const iterator = ReflectApply(native, stream, args);
      guardIterator(iterator, stream);
      return iterator;
    },
  };
  replace(prototype, 'values', holder.values);
  ObjectDefineProperty(prototype, Symbol.asyncIterator, {
    value: holder.values,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

/** @param {any} iterator @param {any} stream */
function guardIterator(iterator, stream) {
  const { next, return: finish } = iterator;
  /** @param {Function} method @param {any[]} args */
  const step = (method, args) => {
    try {
      checkBinding(stream);
    } catch (error) {
      return PromiseReject(error);
    }
    const promise = ReflectApply(method, iterator, args);
    return isBound(stream) ? promise : guard(promise);
  };
  iterator.next = function next_() {
    return step(next, []);
  };
  iterator.return = function return_(/** @type {any} */ value) {
    return step(finish, [value]);
  };
}

/** Both halves of a bound stream are bound. @param {any} prototype */
function guardTee(prototype) {
  const native = prototype.tee;
  const holder = {
    /** @this {any} */
    tee() {
      checkBinding(this);
      const branches = ReflectApply(native, this, []);
      inheritBinding(this, branches[0]);
      inheritBinding(this, branches[1]);
      return branches;
    },
  };
  replace(prototype, 'tee', holder.tee);
}

/** Readers and writers made by `new` are bound as those of getReader and getWriter. @param {any} classes @param {string} name */
function guardConstructor(classes, name) {
  const native = classes[name];
  /** @param {any} stream */
  function Guarded(stream) {
    checkBinding(stream);
    const target = new.target === undefined ? undefined : new.target === Guarded ? native : new.target;
    if (target === undefined) return ReflectApply(native, undefined, [stream]);
    const made = ReflectConstruct(native, [stream], target);
    inheritBinding(stream, made);
    return made;
  }
  ObjectDefineProperty(Guarded, 'name', { value: name, configurable: true });
  ObjectDefineProperty(Guarded, 'length', { value: native.length, configurable: true });
  ObjectDefineProperty(Guarded, 'prototype', { value: native.prototype, writable: false });
  ObjectDefineProperty(native.prototype, 'constructor', {
    value: Guarded,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  return Guarded;
}

/** @param {any} prototype */
function guardPipes(prototype) {
  const pipeTo = prototype.pipeTo;
  const pipeThrough = prototype.pipeThrough;
  const holder = {
    /** @this {any} @param {any} destination @param {any} options */
    pipeTo(destination, options) {
      try {
        checkBinding(this);
        checkBinding(destination);
      } catch (error) {
        return PromiseReject(error);
      }
      return guard(ReflectApply(pipeTo, this, [destination, options]));
    },
    /** @this {any} @param {any} transform @param {any} options */
    pipeThrough(transform, options) {
      checkBinding(this);
      return ReflectApply(pipeThrough, this, [transform, options]);
    },
  };
  replace(prototype, 'pipeTo', holder.pipeTo);
  replace(prototype, 'pipeThrough', holder.pipeThrough);
}

/**
 * Puts the guards in place.
 * @param {any} classes the engine's stream classes
 * @returns {Record<string, any>} classes that a worker gets instead of the engine's
 */
export function guardStreams(classes) {
  const readable = classes.ReadableStream.prototype;
  const reader = classes.ReadableStreamDefaultReader.prototype;
  const byobReader = classes.ReadableStreamBYOBReader.prototype;
  const writable = classes.WritableStream.prototype;
  const writer = classes.WritableStreamDefaultWriter.prototype;
  guardMethod(readable, 'cancel');
  guardPipes(readable);
  guardTee(readable);
  guardIteration(readable);
  inheritFromMethod(readable, 'getReader');
  guardMethod(reader, 'read');
  guardMethod(reader, 'cancel');
  guardGetter(reader, 'closed');
  guardMethod(byobReader, 'read');
  guardMethod(byobReader, 'cancel');
  guardGetter(byobReader, 'closed');
  guardMethod(writable, 'abort');
  guardMethod(writable, 'close');
  inheritFromMethod(writable, 'getWriter');
  guardMethod(writer, 'write');
  guardMethod(writer, 'abort');
  guardMethod(writer, 'close');
  guardGetter(writer, 'closed');
  guardGetter(writer, 'ready');
  return {
    ReadableStreamDefaultReader: guardConstructor(classes, 'ReadableStreamDefaultReader'),
    ReadableStreamBYOBReader: guardConstructor(classes, 'ReadableStreamBYOBReader'),
    WritableStreamDefaultWriter: guardConstructor(classes, 'WritableStreamDefaultWriter'),
  };
}
