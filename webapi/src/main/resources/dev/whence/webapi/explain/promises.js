// @ts-check
/**
 * Every pending promise of the worker, by owner and by the place where it was made: a thread dump
 * for promises.
 */

import { SafeMap } from '../core/primordials.js';
import { isPendingNow } from '../core/following.js';
import { promiseMade, promiseOwner } from '../core/stamp.js';
import { framesOf } from './frames.js';

/**
 * Promises of one owner that were made at one place.
 * @typedef {object} Group
 * @property {number} owner number of the request; 0 is start-up
 * @property {import('./frames.js').Frame | null} made null when places were not kept
 * @property {number} count
 */

/**
 * @param {any[]} promises all of the heap
 * @returns {Map<string, Group>} by a key that tells groups apart
 */
export function pendingByPlace(promises) {
  /** @type {Map<string, Group>} */
  const groups = new SafeMap();
  for (let i = 0; i < promises.length; i++) {
    const promise = promises[i];
    const owner = promiseOwner(promise);
    if (owner === undefined || !isPendingNow(promise)) continue;
    const at = promiseMade(promise);
    const made = at === null ? null : (framesOf(at).visible[0] ?? null);
    // With places kept, one without a place is the runtime's own.
    if (at !== null && made === null) continue;
    const number = owner === null ? 0 : owner.id;
    const key = number + ' ' + (made === null ? '' : made.file + ':' + made.line + ':' + made.column);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { owner: number, made, count: 1 });
    else group.count++;
  }
  return groups;
}
