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
  uncurryGetter,
  uncurryThis,
} from '../core/primordials.js';
import { current } from '../core/context.js';
import { guard } from '../core/promises.js';
import { here, provenance } from '../core/provenance.js';
import { inheritMade, madeBehind, noteMade } from './made.js';
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
      return guardFor(this, ReflectApply(native, this, args));
    },
  };
  replace(prototype, name, holder.method);
}

/** A promise of a stream, its reader or its writer: guarded unless that is bound. @param {any} object @param {Promise<any>} promise */
function guardFor(object, promise) {
  inheritMade(object, promise);
  return isBound(object) ? promise : guard(promise);
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
      inheritMade(this, result);
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
      const promise = native(this);
      inheritMade(this, promise);
      return guardOnce(promise);
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
    return guardFor(stream, ReflectApply(method, iterator, args));
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
      for (let i = 0; i < 2; i++) {
        inheritBinding(this, branches[i]);
        inheritMade(this, branches[i]);
      }
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
    inheritMade(stream, made);
    return made;
  }
  return standIn(native, Guarded);
}

/** Makes a constructor look like the engine's. @param {any} native @param {any} constructor */
function standIn(native, constructor) {
  ObjectDefineProperty(constructor, 'name', { value: native.name, configurable: true });
  ObjectDefineProperty(constructor, 'length', { value: native.length, configurable: true });
  ObjectDefineProperty(constructor, 'prototype', { value: native.prototype, writable: false });
  ObjectDefineProperty(native.prototype, 'constructor', {
    value: constructor,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  return constructor;
}

/**
 * A stream class that keeps where a stream was made.
 * @param {any} native
 * @param {(made: any) => any[]} streamsOf what was made
 */
function recordingConstructor(native, streamsOf) {
  /** @this {any} */
  function Recording() {
    if (new.target === undefined) return ReflectApply(native, undefined, arguments);
    const made = ReflectConstruct(native, arguments, new.target === Recording ? native : new.target);
    if (provenance.sites) {
      const at = here();
      const streams = streamsOf(made);
      for (let i = 0; i < streams.length; i++) noteMade(streams[i], at);
    }
    return made;
  }
  return standIn(native, Recording);
}

/** @param {any} classes */
function recordingClasses({ ReadableStream, WritableStream, TransformStream }) {
  const readableOf = uncurryGetter(TransformStream.prototype, 'readable');
  const writableOf = uncurryGetter(TransformStream.prototype, 'writable');
  const own = (/** @type {any} */ made) => [made];
  const Readable = recordingConstructor(ReadableStream, own);
  const from = ObjectGetOwnPropertyDescriptor(ReadableStream, 'from');
  ObjectDefineProperty(Readable, 'from', /** @type {PropertyDescriptor} */ (from));
  return {
    ReadableStream: Readable,
    WritableStream: recordingConstructor(WritableStream, own),
    TransformStream: recordingConstructor(TransformStream, (made) => [readableOf(made), writableOf(made)]),
  };
}

/** Which end of a pipe stalls is not known, so only the one that the worker made is told. @param {any} source @param {any} destination @param {Promise<any>} promise */
function notePipe(source, destination, promise) {
  if (!provenance.sites) return;
  const isBoth = !isBound(source) && madeBehind(source) !== null;
  if (!isBoth) inheritMade(destination, promise);
  else if (madeBehind(destination) === null) inheritMade(source, promise);
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
      const promise = ReflectApply(pipeTo, this, [destination, options]);
      notePipe(this, destination, promise);
      return guard(promise);
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
    ...recordingClasses(classes),
    ReadableStreamDefaultReader: guardConstructor(classes, 'ReadableStreamDefaultReader'),
    ReadableStreamBYOBReader: guardConstructor(classes, 'ReadableStreamBYOBReader'),
    WritableStreamDefaultWriter: guardConstructor(classes, 'WritableStreamDefaultWriter'),
  };
}
