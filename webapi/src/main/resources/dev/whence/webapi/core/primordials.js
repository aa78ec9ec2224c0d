// @ts-check
/**
 * The built-ins that Whence's own JavaScript uses, captured before any worker code runs.
 *
 * A worker may replace or delete every global and patch every prototype. Code that runs on behalf of
 * the host after start-up therefore calls only what is exported here: functions that take their
 * receiver as the first argument. It also avoids the constructs that read patchable properties
 * behind the scenes: `for..of`, spread and array destructuring (Symbol.iterator), `instanceof`
 * (Symbol.hasInstance), template tags, and methods on arrays, maps and strings.
 */

const { bind, call, apply: applyMethod } = Function.prototype;

/**
 * Turns a method into a function whose first argument is the receiver.
 * @type {(method: Function) => any}
 */
export const uncurryThis = /** @type {any} */ (bind).bind(call);

/** `require` of the engine; never handed to a worker. */
export const nodeRequire = /** @type {any} */ (globalThis).require;

export const {
  apply: ReflectApply,
  construct: ReflectConstruct,
  ownKeys: ReflectOwnKeys,
  getPrototypeOf: ReflectGetPrototypeOf,
  get: ReflectGet,
} = Reflect;
export const FunctionPrototypeApply = uncurryThis(applyMethod);
export const FunctionPrototypeToString = uncurryThis(Function.prototype.toString);
export const FunctionPrototypeBind = uncurryThis(bind);
export const FunctionPrototypeHasInstance = uncurryThis(Function.prototype[Symbol.hasInstance]);

export const {
  assign: ObjectAssign,
  create: ObjectCreate,
  defineProperty: ObjectDefineProperty,
  defineProperties: ObjectDefineProperties,
  freeze: ObjectFreeze,
  getOwnPropertyDescriptor: ObjectGetOwnPropertyDescriptor,
  getOwnPropertyNames: ObjectGetOwnPropertyNames,
  getPrototypeOf: ObjectGetPrototypeOf,
  keys: ObjectKeys,
  setPrototypeOf: ObjectSetPrototypeOf,
  is: ObjectIs,
} = Object;
export const ObjectPrototype = Object.prototype;
export const ObjectPrototypeHasOwnProperty = uncurryThis(Object.prototype.hasOwnProperty);
export const ObjectPrototypeToString = uncurryThis(Object.prototype.toString);

export const ArrayPrototype = Array.prototype;
export const ArrayIsArray = Array.isArray;
export const ArrayFrom = Array.from;
export const ArrayPrototypeJoin = uncurryThis(Array.prototype.join);
export const ArrayPrototypePush = uncurryThis(Array.prototype.push);
export const ArrayPrototypeShift = uncurryThis(Array.prototype.shift);
export const ArrayPrototypeSlice = uncurryThis(Array.prototype.slice);
export const ArrayPrototypeSort = uncurryThis(Array.prototype.sort);
export const ArrayPrototypeIndexOf = uncurryThis(Array.prototype.indexOf);
export const ArrayPrototypeSplice = uncurryThis(Array.prototype.splice);

export const StringPrototypeCharCodeAt = uncurryThis(String.prototype.charCodeAt);
export const StringPrototypeEndsWith = uncurryThis(String.prototype.endsWith);
export const StringPrototypeIndexOf = uncurryThis(String.prototype.indexOf);
export const StringPrototypeIncludes = uncurryThis(String.prototype.includes);
export const StringPrototypeIsWellFormed = uncurryThis(String.prototype.isWellFormed);
export const StringPrototypeLastIndexOf = uncurryThis(String.prototype.lastIndexOf);
export const StringPrototypeSlice = uncurryThis(String.prototype.slice);
export const StringPrototypeStartsWith = uncurryThis(String.prototype.startsWith);
export const StringPrototypeToLowerCase = uncurryThis(String.prototype.toLowerCase);
export const StringPrototypeToUpperCase = uncurryThis(String.prototype.toUpperCase);
export const StringPrototypeToWellFormed = uncurryThis(String.prototype.toWellFormed);
export const StringPrototypeTrim = uncurryThis(String.prototype.trim);
export const StringFromCharCode = String.fromCharCode;
export const RegExpPrototypeExec = uncurryThis(RegExp.prototype.exec);
export const RegExpPrototypeTest = uncurryThis(RegExp.prototype.test);
export const SymbolPrototypeToString = uncurryThis(Symbol.prototype.toString);

/**
 * A text to look for. Given a string, the engine's `split` and `replaceAll` would ask the patchable
 * String.prototype for Symbol.split and Symbol.replace, and hand what they find the whole text.
 */
class Literal {
  #text;
  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }
  toString() {
    return this.#text;
  }
}
Object.setPrototypeOf(Literal.prototype, null);

const nativeSplit = uncurryThis(String.prototype.split);
const nativeReplaceAll = uncurryThis(String.prototype.replaceAll);
/** @type {(text: string, separator: string) => string[]} */
export const splitText = (text, separator) => nativeSplit(text, new Literal(separator));
/** @type {(text: string, searched: string, replacement: string) => string} */
export const replaceText = (text, searched, replacement) =>
  nativeReplaceAll(text, new Literal(searched), replacement);

/**
 * A Map, Set or WeakMap whose methods a worker cannot patch: they are own properties of each
 * instance's private prototype chain.
 * @template {new (...args: any[]) => any} T
 * @param {T} base
 * @returns {T}
 */
function safe(base) {
  class Safe extends base {}
  const proto = Safe.prototype;
  const names = Reflect.ownKeys(base.prototype);
  for (let i = 0; i < names.length; i++) {
    if (names[i] === 'constructor') continue;
    const descriptor = Reflect.getOwnPropertyDescriptor(base.prototype, names[i]);
    if (descriptor) Reflect.defineProperty(proto, names[i], descriptor);
  }
  Object.setPrototypeOf(proto, null);
  Object.freeze(proto);
  return /** @type {any} */ (Safe);
}
/** An array that inherits nothing: no setter of a worker sees what is put into it. @type {() => any} */
export const bareArray = () => ObjectSetPrototypeOf([], null);
export const NativeWeakRef = WeakRef;
/** @type {(reference: WeakRef<any>) => any} */
export const weakDeref = uncurryThis(WeakRef.prototype.deref);
export const MapPrototypeForEach = uncurryThis(Map.prototype.forEach);
export const SetPrototypeForEach = uncurryThis(Set.prototype.forEach);
export const SafeMap = safe(Map);
export const SafeSet = safe(Set);
export const SafeWeakMap = safe(WeakMap);

export const { stringify: JSONStringify, parse: JSONParse } = JSON;
export const {
  trunc: MathTrunc,
  min: MathMin,
  max: MathMax,
  floor: MathFloor,
} = Math;
export const NumberIsFinite = Number.isFinite;
export const NumberIsInteger = Number.isInteger;
export const NativeString = String;
export const NativeNumber = Number;
export const NativeError = Error;
export const NativeTypeError = TypeError;
export const NativeRangeError = RangeError;
export const NativeSyntaxError = SyntaxError;
export const ErrorCaptureStackTrace = Error.captureStackTrace;
export const ErrorPrototypeToString = uncurryThis(Error.prototype.toString);
export const NativeDOMException = globalThis.DOMException;
export const NativeUint8Array = Uint8Array;
export const NativeArrayBuffer = ArrayBuffer;
export const NativeFloat64Array = Float64Array;
export const NativeDate = Date;
export const NativeDateNow = Date.now;
export const ArrayBufferIsView = ArrayBuffer.isView;
export const ArrayBufferPrototypeSlice = uncurryThis(ArrayBuffer.prototype.slice);

const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
/** @type {(prototype: object, name: PropertyKey) => any} */
export const uncurryGetter = (prototype, name) =>
  uncurryThis(/** @type {any} */ (Object.getOwnPropertyDescriptor(prototype, name)).get);
export const TypedArrayPrototypeSet = uncurryThis(TypedArrayPrototype.set);
export const TypedArrayPrototypeSubarray = uncurryThis(TypedArrayPrototype.subarray);
export const TypedArrayPrototypeSlice = uncurryThis(TypedArrayPrototype.slice);
export const TypedArrayPrototypeGetBuffer = uncurryGetter(TypedArrayPrototype, 'buffer');
export const TypedArrayPrototypeGetByteLength = uncurryGetter(TypedArrayPrototype, 'byteLength');
export const TypedArrayPrototypeGetByteOffset = uncurryGetter(TypedArrayPrototype, 'byteOffset');
export const TypedArrayPrototypeGetTag = uncurryGetter(TypedArrayPrototype, Symbol.toStringTag);
export const ArrayBufferPrototypeGetByteLength = uncurryGetter(ArrayBuffer.prototype, 'byteLength');
export const DataViewPrototypeGetBuffer = uncurryGetter(DataView.prototype, 'buffer');
export const DataViewPrototypeGetByteLength = uncurryGetter(DataView.prototype, 'byteLength');
export const DataViewPrototypeGetByteOffset = uncurryGetter(DataView.prototype, 'byteOffset');

export const { asyncIterator: SymbolAsyncIterator, iterator: SymbolIterator, toStringTag: SymbolToStringTag } =
  Symbol;

/** The engine's own Promise: what async functions return. Workers get a wrapped constructor. */
export const NativePromise = Promise;
const nativeResolve = Promise.resolve;
const nativeReject = Promise.reject;
const nativeWithResolvers = Promise.withResolvers;
export const NativePromisePrototype = Promise.prototype;
/** The engine's own `then`: follows without any ownership rule. */
export const PromisePrototypeThen = uncurryThis(Promise.prototype.then);
/** @type {(value?: any) => Promise<any>} */
export const PromiseResolve = (value) => ReflectApply(nativeResolve, NativePromise, [value]);
/** @type {(reason: any) => Promise<any>} */
export const PromiseReject = (reason) => ReflectApply(nativeReject, NativePromise, [reason]);
/** @type {() => {promise: Promise<any>, resolve: (value?: any) => void, reject: (reason?: any) => void}} */
export const PromiseWithResolvers = () => ReflectApply(nativeWithResolvers, NativePromise, []);

const encoder = new TextEncoder();
const encode = uncurryThis(TextEncoder.prototype.encode);
const encodeInto = uncurryThis(TextEncoder.prototype.encodeInto);
/** @type {(text: string) => Uint8Array} */
export const utf8Encode = (text) => encode(encoder, text);
/** @type {(text: string, into: Uint8Array) => {read: number, written: number}} */
export const utf8EncodeInto = (text, into) => encodeInto(encoder, text, into);
const decode = uncurryThis(TextDecoder.prototype.decode);
const decoder = new TextDecoder();
/** UTF-8 decode as the standard says: a byte order mark is dropped. @type {(bytes: Uint8Array) => string} */
export const utf8Decode = (bytes) => decode(decoder, bytes);

const types = nodeRequire('node:util').types;
/** @type {(value: unknown) => value is Promise<any>} */
export const isPromise = types.isPromise;
/** @type {(value: unknown) => value is ArrayBuffer} */
export const isArrayBuffer = types.isAnyArrayBuffer;
/** @type {(value: unknown) => value is Error} */
export const isNativeError = types.isNativeError;
/** @type {(value: unknown) => boolean} */
export const isProxy = types.isProxy;
/** @type {(value: unknown) => value is Map<any, any>} */
export const isMap = types.isMap;
/** @type {(value: unknown) => value is Set<any>} */
export const isSet = types.isSet;
/** @type {(value: unknown) => value is WeakMap<any, any>} */
export const isWeakMap = types.isWeakMap;
/** @type {(value: unknown) => value is WeakSet<any>} */
export const isWeakSet = types.isWeakSet;
/** @type {(value: unknown) => value is Uint8Array} */
export const isUint8Array = types.isUint8Array;

/** Ends of the engine's queues: process ticks, then microtasks, then rejection checks. */
export const drainMicrotasks = nodeRequire('node:process')._tickCallback;
