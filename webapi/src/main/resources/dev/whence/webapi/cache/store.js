// @ts-check
/**
 * What the caches of an isolate keep: bounded, least recently used first to go.
 */

import { SafeMap } from '../core/primordials.js';
import { byteLength } from '../streams/bytes.js';

/** @typedef {import('../fetch/header-list.js').HeaderList} HeaderList */

/**
 * @typedef {object} Kept
 * @property {number} status
 * @property {string} statusText
 * @property {HeaderList} list never changed
 * @property {Uint8Array} bytes never changed
 * @property {number} expires ms since epoch
 * @property {number} size bytes that it counts for
 */

const MEBIBYTE = 1024 * 1024;

/** Bounds in bytes, of all entries together and of one. */
const bounds = { total: 32 * MEBIBYTE, entry: 8 * MEBIBYTE };

/** All entries of all caches, the least recently used first. @type {Map<string, Kept>} */
const entries = new SafeMap();
let used = 0;

/** @param {number | undefined} total */
export function configureStore(total) {
  if (total === undefined) return;
  bounds.total = total;
  if (bounds.entry > total) bounds.entry = total;
}

/** Empties all caches, for a new instance of the worker. */
export function clearStore() {
  entries.clear();
  used = 0;
}

/** @param {string} key @param {Omit<Kept, 'size'>} kept */
export function keep(key, kept) {
  forget(key);
  let size = key.length * 2 + byteLength(kept.bytes) + 128;
  for (let field = kept.list.first; field !== null; field = field.next) {
    size += 2 * (field.name.length + field.value.length) + 64;
  }
  if (size > bounds.entry) return;
  entries.set(key, {
    status: kept.status,
    statusText: kept.statusText,
    list: kept.list,
    bytes: kept.bytes,
    expires: kept.expires,
    size,
  });
  used += size;
  while (used > bounds.total) forget(oldest());
}

function oldest() {
  return /** @type {string} */ (entries.keys().next().value);
}

/** @param {string} key @returns {boolean} */
export function forget(key) {
  const kept = entries.get(key);
  if (kept === undefined) return false;
  entries.delete(key);
  used -= kept.size;
  return true;
}

/** @param {string} key @param {number} now @returns {Kept | undefined} */
export function lookUp(key, now) {
  const kept = entries.get(key);
  if (kept === undefined) return undefined;
  if (kept.expires <= now) {
    forget(key);
    return undefined;
  }
  entries.delete(key);
  entries.set(key, kept);
  return kept;
}
