// @ts-check
/**
 * Clocks as a worker sees them: the loop's time, which stands still while JavaScript runs and is 0
 * in global scope (workers-semantics.md, 7.3 and 8.10). Every built-in that would read the system's
 * clock is replaced.
 */

import {
  FunctionPrototypeBind,
  NativeDate,
  NativeDateNow,
  NativeTypeError,
  ObjectDefineProperties,
  ObjectDefineProperty,
  ReflectApply,
  ReflectConstruct,
  SymbolToStringTag,
  uncurryGetter,
  uncurryThis,
} from '../core/primordials.js';
import { current, now } from '../core/context.js';
import { ILLEGAL_INVOCATION } from '../core/messages.js';
import { defineGlobal } from '../globals/define.js';

const hidden = { writable: true, enumerable: false, configurable: true };

let precise = false;

/** The time that the current code may see, in milliseconds since 1970. */
export function workerNow() {
  if (!precise) return now();
  return current() === null ? 0 : NativeDateNow();
}

const dateToString = uncurryThis(NativeDate.prototype.toString);

/** The Date that workers see. @this {any} @param {any[]} args @returns {any} */
function WorkerDate(...args) {
  if (new.target === undefined) return dateToString(new NativeDate(workerNow()));
  /** @type {Function} */
  const target = new.target === WorkerDate ? NativeDate : new.target;
  return ReflectConstruct(NativeDate, args.length === 0 ? [workerNow()] : args, target);
}

/** @param {any} scope */
function installDate(scope) {
  const statics = {
    now() {
      return workerNow();
    },
  };
  ObjectDefineProperties(WorkerDate, {
    name: { value: 'Date', configurable: true },
    length: { value: 7, configurable: true },
    prototype: { value: NativeDate.prototype, writable: false },
    now: { value: statics.now, ...hidden },
    parse: { value: NativeDate.parse, ...hidden },
    UTC: { value: NativeDate.UTC, ...hidden },
  });
  ObjectDefineProperty(NativeDate.prototype, 'constructor', { value: WorkerDate, ...hidden });
  defineGlobal(scope, 'Date', WorkerDate);
}

/** `Intl` formats the present moment when it is given no date. @param {any} scope */
function guardDateFormats(scope) {
  if (scope.Intl === undefined) return;
  const prototype = scope.Intl.DateTimeFormat.prototype;
  const nativeFormat = uncurryGetter(prototype, 'format');
  const accessors = {
    get format() {
      const format = nativeFormat(this);
      return FunctionPrototypeBind((/** @type {any} */ date) => {
        return format(date === undefined ? workerNow() : date);
      }, undefined);
    },
  };
  const { get } = /** @type {any} */ (Object.getOwnPropertyDescriptor(accessors, 'format'));
  ObjectDefineProperty(prototype, 'format', { get, enumerable: false, configurable: true });
  const nativeParts = prototype.formatToParts;
  const methods = {
    /** @this {any} @param {any} date */
    formatToParts(date) {
      return ReflectApply(nativeParts, this, [date === undefined ? workerNow() : date]);
    },
  };
  ObjectDefineProperty(prototype, 'formatToParts', { value: methods.formatToParts, ...hidden });
}

/** An event was made at no particular time. */
function freezeEventTimes() {
  const accessors = {
    get timeStamp() {
      return 0;
    },
  };
  const { get } = /** @type {any} */ (Object.getOwnPropertyDescriptor(accessors, 'timeStamp'));
  ObjectDefineProperty(globalThis.Event.prototype, 'timeStamp', {
    get,
    enumerable: true,
    configurable: true,
  });
}

/** A file made without a date is of now. @param {any} scope */
function installFile(scope) {
  const NativeFile = scope.File;
  /** @this {any} @param {any} bits @param {any} name @param {any} [options] */
  function File(bits, name, options) {
    if (new.target === undefined) {
      throw new NativeTypeError("Class constructor File cannot be invoked without 'new'");
    }
    const target = new.target === File ? NativeFile : new.target;
    if (arguments.length < 2) return ReflectConstruct(NativeFile, arguments, target);
    const { type, endings, lastModified = workerNow() } = options ?? {};
    return ReflectConstruct(NativeFile, [bits, name, { type, endings, lastModified }], target);
  }
  ObjectDefineProperties(File, {
    length: { value: 2, configurable: true },
    prototype: { value: NativeFile.prototype, writable: false },
  });
  Object.setPrototypeOf(File, scope.Blob);
  ObjectDefineProperty(NativeFile.prototype, 'constructor', { value: File, ...hidden });
  defineGlobal(scope, 'File', File);
}

let constructing = false;

/** The class of `performance`. */
export class Performance {
  #brand = true;

  constructor() {
    if (!constructing) throw new NativeTypeError('Illegal constructor');
  }

  /** @param {any} object */
  static #check(object) {
    if (object === null || typeof object !== 'object' || !(#brand in object)) {
      throw new NativeTypeError(ILLEGAL_INVOCATION);
    }
  }

  get timeOrigin() {
    Performance.#check(this);
    return 0;
  }

  now() {
    Performance.#check(this);
    return workerNow();
  }

  toJSON() {
    Performance.#check(this);
    return { timeOrigin: 0 };
  }
}
ObjectDefineProperty(Performance.prototype, SymbolToStringTag, {
  value: 'Performance',
  configurable: true,
});

constructing = true;
/** The `performance` global. */
export const performance = new Performance();
constructing = false;

/**
 * @param {any} scope the global object
 * @param {{preciseClock?: boolean}} settings `preciseClock` shows requests the system's clock
 */
export function installClock(scope, settings) {
  precise = settings.preciseClock === true;
  installDate(scope);
  guardDateFormats(scope);
  freezeEventTimes();
  installFile(scope);
  defineGlobal(scope, 'Performance', Performance);
  defineGlobal(scope, 'performance', performance);
}
