/** Iterating for a worker. */
import { ownIterable } from 'whence/core/promises.js';

/** What the engine says of a value that it cannot iterate. @param {() => any} work */
function messageOf(work) {
  try {
    work();
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

export function refusesWhatCannotBeIterated() {
  const expected = [
    [undefined, 'undefined is not async iterable'],
    [null, 'object null is not async iterable'],
    [5, 'number 5 is not async iterable'],
    [true, 'boolean true is not async iterable'],
    [Symbol('x'), 'symbol is not async iterable'],
    [{}, 'object is not async iterable'],
    [() => {}, 'function is not async iterable'],
    [{ [Symbol.asyncIterator]: 5 }, 'object is not async iterable'],
  ];
  for (const [value, message] of expected) {
    const actual = messageOf(() => ownIterable(value));
    if (actual !== message) throw new Error(`got ${actual} expected ${message}`);
  }
}

export async function iteratesTextsAndLists() {
  const seen = [];
  for await (const value of ownIterable('ab')) seen.push(value);
  for await (const value of ownIterable([Promise.resolve(1), 2])) seen.push(value);
  if (seen.join() !== 'a,b,1,2') throw new Error(seen.join());
}
