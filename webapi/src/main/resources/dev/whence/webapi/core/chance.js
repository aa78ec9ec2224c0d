// @ts-check
/**
 * Chance that can be repeated, for the schedule explorer: every request draws from a source of its
 * own, so what it draws does not depend on who else runs. Off unless the host gives a seed.
 *
 * The generator is Mulberry32: 32 bits of state, good enough to stand in for chance in tests.
 */

import { NativeUint8Array, SafeMap } from './primordials.js';
import { current } from './context.js';
import { byteLength } from '../streams/bytes.js';

const { imul } = Math;

/** State of each request's source by the request's number; 0 is global scope. @type {Map<number, number>} */
const states = new SafeMap();
let isOn = false;

/** Whether chance is repeatable in this isolate. */
export function isSeeded() {
  return isOn;
}

/** Starts a new instance of the worker. @param {number} seed */
export function seedChance(seed) {
  isOn = true;
  states.clear();
  states.set(0, seed);
}

/** Gives a request its own source. @param {number} request @param {number} seed */
export function seedRequest(request, seed) {
  states.set(request, seed);
}

/** The next 32 bits of the current request's source. */
function draw() {
  const context = current();
  const id = context === null ? 0 : context.id;
  const state = ((states.get(id) ?? id) + 0x6d2b79f5) | 0;
  states.set(id, state);
  let bits = imul(state ^ (state >>> 15), 1 | state);
  bits = (bits + imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
  return (bits ^ (bits >>> 14)) >>> 0;
}

/** A number from 0 up to, not including, 1. */
export function seededNumber() {
  return (draw() * 0x200000 + (draw() >>> 11)) / 0x20000000000000;
}

/** Overwrites a view. @param {any} view an integer array of any type, or a DataView */
export function seededFill(view) {
  const bytes = new NativeUint8Array(view.buffer, view.byteOffset, view.byteLength);
  const length = byteLength(bytes);
  for (let i = 0; i < length; i++) bytes[i] = draw() & 255;
  return view;
}

const HEX = '0123456789abcdef';

/** A version 4 UUID. */
export function seededUUID() {
  let text = '';
  for (let i = 0; i < 32; i++) {
    if (i === 8 || i === 12 || i === 16 || i === 20) text += '-';
    const digit = draw() & 15;
    text += HEX[i === 12 ? 4 : i === 16 ? (digit & 3) | 8 : digit];
  }
  return text;
}

/** Replaces `Math.random`. @param {any} scope the global object */
export function installChance(scope) {
  isOn = true;
  const methods = {
    random() {
      return seededNumber();
    },
  };
  Object.defineProperty(scope.Math, 'random', {
    value: methods.random,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}
