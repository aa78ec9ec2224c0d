// @ts-check
/**
 * Remembers what functions are bound to. The engine tells nobody, not even its inspector safely, and
 * libraries hide their state behind bound functions.
 */

import { ObjectDefineProperty, ReflectApply } from './primordials.js';
import { Returns } from './stamp.js';

class Bound extends Returns {
  /** @type {any} */ #receiver;

  /** @param {object} bound @param {any} receiver */
  constructor(bound, receiver) {
    super(bound);
    this.#receiver = receiver;
  }

  /** @param {any} value */
  static receiver(value) {
    return #receiver in value ? value.#receiver : undefined;
  }
}

/** The `this` of a bound function; undefined for other functions. @type {(value: any) => any} */
export const boundReceiver = Bound.receiver;

const nativeBind = Function.prototype.bind;

const methods = {
  /** @this {any} @param {any} receiver */
  bind(receiver) {
    const bound = ReflectApply(nativeBind, this, arguments);
    if (receiver !== null && typeof receiver === 'object') new Bound(bound, receiver);
    return bound;
  },
};

/** @param {any} scope the global object */
export function installBinding(scope) {
  ObjectDefineProperty(scope.Function.prototype, 'bind', {
    value: methods.bind,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}
