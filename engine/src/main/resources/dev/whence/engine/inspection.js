/**
 * The JavaScript half of Inspection.java: decides what the inspector may be asked, so that no code of
 * a worker runs, and takes what it found. Evaluated before any worker code, it keeps the built-ins
 * that it needs.
 *
 * Describing an object, the inspector reads `stack` and `message` of Error objects, which may be
 * getters. So it is asked only for objects that hold no Error in plain sight, and never for the values
 * of private members: these are read by expressions that V8 compiles for consoles only.
 *
 * @param {{given: any, found: any}} carrier by way of which values reach the inspector and come back
 * @param {string} name of the global variable that holds the carrier
 * @param {(request: string) => string | undefined} ask the Java half: a letter, then its argument
 * @param {(name: string) => any} require
 */
(function (carrier, name, ask, require) {
  'use strict';
  const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys, defineProperty, deleteProperty } = Reflect;
  const { bind, call } = Function.prototype;
  const uncurryThis = bind.bind(call);
  const hasOwn = uncurryThis(Object.prototype.hasOwnProperty);
  const textOf = uncurryThis(Function.prototype.toString);
  const indexOf = uncurryThis(String.prototype.indexOf);
  const slice = uncurryThis(String.prototype.slice);
  const charCodeAt = uncurryThis(String.prototype.charCodeAt);
  const push = uncurryThis(Array.prototype.push);
  const { setPrototypeOf } = Object;
  /** Inherits nothing: no setter of a worker sees what is put into it. */
  const newList = () => setPrototypeOf([], null);
  const { isNativeError, isPromise, isProxy, isWeakMap, isWeakSet } = require('node:util').types;
  const ErrorOfRealm = Error;
  const scope = globalThis;
  const objectPrototype = Object.prototype;
  const promisePrototype = Promise.prototype;
  const errorPrototypes = [Error, SyntaxError, ReferenceError, TypeError].map((each) => each.prototype);

  /** Objects with more own keys are not looked into; nor are longer texts of classes. */
  const KEY_LIMIT = 500;
  const TEXT_LIMIT = 300_000;
  /** Of a function's text so much is compared with that of a script. */
  const BEGINNING = 400;
  const CHAIN_LIMIT = 16;
  const NATIVE = '{ [native code] }';

  /** Creates the inspector, which reads the global `console` once: it must not find a getter. */
  function connect() {
    if (ask('i') !== undefined) return true;
    const saved = getOwnPropertyDescriptor(scope, 'console');
    const hidden = { __proto__: null, value: undefined, writable: true, enumerable: false, configurable: true };
    if (!defineProperty(scope, 'console', hidden)) return false;
    try {
      ask('c');
    } finally {
      if (saved === undefined) deleteProperty(scope, 'console');
      else defineProperty(scope, 'console', bare(saved));
    }
    return ask('i') !== undefined;
  }

  /** A descriptor without the patchable prototype. */
  function bare(descriptor) {
    return { __proto__: null, ...descriptor };
  }

  /** Whether the inspector can list an object without meeting an Error or a Proxy. */
  function isListable(object) {
    if (isNativeError(object) || isNativeError(getPrototypeOf(object))) return false;
    let prototype = getPrototypeOf(object);
    for (let i = 0; prototype !== null; i++) {
      if (i === CHAIN_LIMIT || isProxy(prototype)) return false;
      prototype = getPrototypeOf(prototype);
    }
    const keys = ownKeys(object);
    if (keys.length > KEY_LIMIT) return false;
    for (let i = 0; i < keys.length; i++) {
      const descriptor = getOwnPropertyDescriptor(object, keys[i]);
      if (hasOwn(descriptor, 'value') && isNativeError(descriptor.value)) return false;
    }
    return true;
  }

  /** Has the Java half fill `carrier.found`, and returns its answer and that. */
  function take(request, value) {
    carrier.given = value;
    carrier.found = undefined;
    try {
      const answer = ask(request);
      return { __proto__: null, answer, found: carrier.found };
    } finally {
      carrier.given = undefined;
      carrier.found = undefined;
    }
  }

  function lookIntoFunction(target) {
    const text = textOf(target);
    // A built-in, or bound: to list a bound function describes its `this`, whatever that is.
    if (text.length < 200 && indexOf(text, NATIVE) >= 0) return undefined;
    if (!isListable(target) || !connect()) return undefined;
    const { answer, found } = take('f' + slice(text, 0, BEGINNING), target);
    if (answer === undefined || found === undefined) return undefined;
    const first = indexOf(answer, '\0');
    const second = indexOf(answer, '\0', first + 1);
    return {
      __proto__: null,
      file: slice(answer, second + 1),
      line: +slice(answer, 0, first),
      column: +slice(answer, first + 1, second),
      scopes: found,
      privates: indexOf(text, 'class') === 0 ? privatesOf(target, [text]) : newList(),
      entries: undefined,
    };
  }

  function lookIntoObject(target) {
    let entries;
    if (isWeakMap(target) || isWeakSet(target)) {
      if (isListable(target) && connect()) entries = take('e', target).found;
    }
    const texts = classTexts(target);
    return { __proto__: null, privates: texts.length === 0 ? newList() : privatesOf(target, texts), entries };
  }

  /** Texts of the classes along an object's prototypes. */
  function classTexts(target) {
    const texts = newList();
    let prototype = getPrototypeOf(target);
    for (let i = 0; i < CHAIN_LIMIT && prototype !== null && prototype !== objectPrototype; i++) {
      if (isProxy(prototype)) break;
      const descriptor = getOwnPropertyDescriptor(prototype, 'constructor');
      if (descriptor !== undefined && hasOwn(descriptor, 'value')) {
        const text = textOfClass(descriptor.value, prototype);
        if (text !== undefined && indexOf(text, '#') >= 0) push(texts, text);
      }
      prototype = getPrototypeOf(prototype);
    }
    return texts;
  }

  /** A class's `prototype` cannot be changed, so this is the class that the prototype belongs to. */
  function textOfClass(value, prototype) {
    if (typeof value !== 'function' || isProxy(value)) return undefined;
    const descriptor = getOwnPropertyDescriptor(value, 'prototype');
    if (descriptor === undefined || !hasOwn(descriptor, 'value')) return undefined;
    if (descriptor.value !== prototype) return undefined;
    const text = textOf(value);
    return indexOf(text, 'class') === 0 && text.length <= TEXT_LIMIT ? text : undefined;
  }

  /** The private fields of an object which its classes declare. */
  function privatesOf(target, texts) {
    const names = fieldNames(texts);
    const result = newList();
    if (names.length === 0 || !connect()) return result;
    for (let i = 0; i < errorPrototypes.length; i++) {
      if (hasOwn(errorPrototypes[i], 'stack')) return result;
    }
    if (hasOwn(objectPrototype, 'stack')) return result;
    // A name that the object has not throws. Without a limit no stack is taken, and none formatted.
    const saved = getOwnPropertyDescriptor(ErrorOfRealm, 'stackTraceLimit');
    const isFixed = saved !== undefined && !saved.configurable;
    const none = isFixed
      ? { __proto__: null, value: undefined }
      : { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: true };
    if (!defineProperty(ErrorOfRealm, 'stackTraceLimit', none)) return result;
    carrier.given = target;
    carrier.found = { __proto__: null };
    try {
      readPrivates(names, result);
    } finally {
      carrier.given = undefined;
      carrier.found = undefined;
      if (saved === undefined) deleteProperty(ErrorOfRealm, 'stackTraceLimit');
      else defineProperty(ErrorOfRealm, 'stackTraceLimit', bare(saved));
    }
    return result;
  }

  /** Reads them in one go; where one throws, goes on behind it. */
  function readPrivates(names, result) {
    const { found } = carrier;
    let next = 0;
    while (next < names.length) {
      let expression = 'p';
      for (let i = next; i < names.length; i++) {
        expression += `void (${name}.found.f${i} = ${name}.given.${names[i]});`;
      }
      ask(expression);
      for (; next < names.length && hasOwn(found, 'f' + next); next++) {
        push(result, { __proto__: null, name: names[next], value: found['f' + next] });
      }
      next++;
    }
  }

  /**
   * Names of the private fields declared in the texts of classes. Never those of a method or an
   * accessor: to read these would run it. What merely looks like a field (in a string, in a nested
   * class) is read in vain.
   */
  function fieldNames(texts) {
    const names = newList();
    const methods = { __proto__: null };
    const seen = { __proto__: null };
    for (let t = 0; t < texts.length; t++) {
      const text = texts[t];
      if (indexOf(text, '#\\') >= 0) return newList();
      for (let at = indexOf(text, '#'); at >= 0; at = indexOf(text, '#', at + 1)) {
        const end = endOfName(text, at + 1);
        if (end === at + 1 || charCodeAt(text, at - 1) === 46 /* . */) continue;
        const found = slice(text, at, end);
        const after = skipSpace(text, end);
        const code = charCodeAt(text, after);
        if (code === 40 /* ( */ || code === 47 /* / */) {
          methods[found] = true;
        } else if (!seen[found] && isEndOfDeclaration(text, end, after, code)) {
          seen[found] = true;
          push(names, found);
        }
      }
    }
    const fields = newList();
    for (let i = 0; i < names.length; i++) {
      if (!methods[names[i]]) push(fields, names[i]);
    }
    return fields;
  }

  function isEndOfDeclaration(text, end, after, code) {
    if (code === 59 /* ; */ || code === 125 /* } */) return true;
    if (code === 61 /* = */) {
      const next = charCodeAt(text, after + 1);
      return next !== 61 && next !== 62 /* > */;
    }
    for (let i = end; i < after; i++) {
      const space = charCodeAt(text, i);
      if (space === 10 || space === 13) return code !== 46 && code !== 44 && code !== 41;
    }
    return false;
  }

  function endOfName(text, from) {
    let at = from;
    for (; at < text.length; at++) {
      const code = charCodeAt(text, at);
      const isLetter = (code | 32) >= 97 && (code | 32) <= 122;
      if (!isLetter && !(code >= 48 && code <= 57) && code !== 36 && code !== 95 && code < 128) break;
    }
    return at;
  }

  function skipSpace(text, from) {
    let at = from;
    while (at < text.length) {
      const code = charCodeAt(text, at);
      if (code !== 32 && (code < 9 || code > 13)) break;
      at++;
    }
    return at;
  }

  return {
    inspect(value) {
      if (typeof value === 'function') return isProxy(value) ? undefined : lookIntoFunction(value);
      if (value === null || typeof value !== 'object' || isProxy(value)) return undefined;
      return lookIntoObject(value);
    },
    modules() {
      const result = newList();
      for (let i = 0; ; i++) {
        const { answer, found } = take('m' + i, undefined);
        if (answer === undefined) return result;
        if (found !== undefined) push(result, { __proto__: null, file: answer, namespace: found });
      }
    },
    allPromises() {
      const result = newList();
      if (!connect()) return result;
      const { found } = take('q', promisePrototype);
      if (found === undefined) return result;
      for (let i = 0; i < found.length; i++) {
        if (isPromise(found[i])) push(result, found[i]);
      }
      return result;
    },
  };
});
