// @ts-check
/**
 * The methods that Request and Response share (Fetch standard, 5.3).
 */

import { ObjectDefineProperty, PromiseReject } from '../core/primordials.js';
import { AS_BLOB, AS_BUFFER, AS_BYTES, AS_FORM_DATA, AS_JSON, AS_TEXT, consume } from './consume.js';

/** @typedef {import('./body.js').Body} Body */
/** @typedef {import('./consume.js').Form} Form */

/**
 * @template S
 * @param {any} prototype
 * @param {(self: any) => S & {body: Body | null}} stateOf throws when the receiver is of another class
 * @param {(state: S) => string} contentTypeOf
 */
export function defineBodyMixin(prototype, stateOf, contentTypeOf) {
  /** @param {any} self @param {Form} form @param {boolean} needsType */
  const read = (self, form, needsType) => {
    let state;
    try {
      state = stateOf(self);
    } catch (error) {
      return PromiseReject(error);
    }
    return consume(state.body, form, needsType ? contentTypeOf(state) : '');
  };
  const methods = {
    /** @this {any} */
    arrayBuffer() {
      return read(this, AS_BUFFER, false);
    },
    /** @this {any} */
    blob() {
      return read(this, AS_BLOB, true);
    },
    /** @this {any} */
    bytes() {
      return read(this, AS_BYTES, false);
    },
    /** @this {any} */
    formData() {
      return read(this, AS_FORM_DATA, true);
    },
    /** @this {any} */
    json() {
      return read(this, AS_JSON, false);
    },
    /** @this {any} */
    text() {
      return read(this, AS_TEXT, false);
    },
  };
  for (const [name, value] of Object.entries(methods)) {
    ObjectDefineProperty(prototype, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
}
