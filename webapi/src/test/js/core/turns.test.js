/** Turns and their commands while a worker has patched what it can reach. */
import { contextOf } from 'whence/core/context.js';
import { connectOutbox, field } from 'whence/core/outbox.js';
import { dispatch, start } from 'whence/core/main.js';
import { replaceText, splitText } from 'whence/core/primordials.js';
import { installWorker } from '../worker.js';

installWorker({ follow: true, deliver: true });
start({ default: { fetch: () => new Response(null, { status: 204 }) } }, '{}');

/** @param {unknown} actual @param {unknown} expected */
function equals(actual, expected) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`got ${a}\n  expected ${b}`);
}

/**
 * Runs the work while all that splits or replaces texts, or takes elements of an array, is replaced.
 * @param {() => any} work
 */
function whileTextsAreWatched(work) {
  const seen = [];
  const undo = [];
  const { defineProperty, deleteProperty } = Reflect;
  const watch = (holder, key, descriptor) => {
    const before = Object.getOwnPropertyDescriptor(holder, key);
    undo[undo.length] = () =>
      before === undefined ? deleteProperty(holder, key) : defineProperty(holder, key, before);
    defineProperty(holder, key, { ...descriptor, configurable: true });
  };
  const spy = function (...values) {
    defineProperty(seen, seen.length, { value: String(values[0]), enumerable: true });
    return ['F', '1', 'forged'];
  };
  for (const holder of [String.prototype, Object.prototype]) {
    for (const key of [Symbol.split, Symbol.replace, Symbol.match, Symbol.toPrimitive]) {
      watch(holder, key, { value: spy });
    }
  }
  for (const key of ['split', 'replace', 'replaceAll', 'indexOf', 'slice', 'includes']) {
    watch(String.prototype, key, { value: spy });
  }
  for (let i = 0; i < 12; i++) {
    watch(Array.prototype, String(i), { set: spy, get: () => undefined });
  }
  let result;
  try {
    result = work();
  } finally {
    for (let i = undo.length - 1; i >= 0; i--) undo[i]();
  }
  equals(seen, []);
  return result;
}

export function aTurnShowsItsFieldsToNobody() {
  connectOutbox(new Uint8Array(1024), () => {});
  const message = ['F', '7', 'GET', 'http://a/b', '0', '::1', 'HTTP/1.1', '1', 'Secret', 'x', ''].join('\0');
  const commands = whileTextsAreWatched(() => dispatch(message));
  equals(commands, 'r\x007\x00204\x00\x00n\x000\x000\x00');
  equals(contextOf(7), undefined);
}

export function aFieldShowsItsTextToNobody() {
  equals(whileTextsAreWatched(() => field('a\0b\0')), 'a\uFFFDb\uFFFD');
  equals(field('plain'), 'plain');
}

export function textsAreSplitAndReplacedAsByTheEngine() {
  for (const [text, part] of [['a,b,,c', ','], ['', ','], [',', ','], ['abc', 'x'], ['a.b*c', '.'], ['aXXb', 'XX']]) {
    equals(splitText(text, part), text.split(part));
    equals(replaceText(text, part, '[$&]'), text.replaceAll(part, '[$&]'));
  }
}
