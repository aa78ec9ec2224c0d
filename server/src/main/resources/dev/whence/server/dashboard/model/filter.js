// @ts-check
/**
 * Which requests are wanted. Pure.
 * @import {Entry} from './requests.js'
 */
import { messageText } from './text.js';

/**
 * @typedef {object} Filter
 * @property {string} outcome empty for all; `failed`, `cause`, `live`, or an outcome
 * @property {string} path a part of path and query
 * @property {string} text a part of a log line, an exception or the cause
 */

/** @type {Filter} */
export const EVERYTHING = Object.freeze({ outcome: '', path: '', text: '' });

/** So much of a request's text is searched. */
const SEARCHED_LENGTH = 50_000;

/** @type {WeakMap<Entry, string>} */
const texts = new WeakMap();

/** @param {Entry} entry @param {Filter} filter */
export function matches(entry, filter) {
  if (!hasOutcome(entry, filter.outcome)) return false;
  const path = filter.path.trim().toLowerCase();
  if (path !== '' && !`${entry.method} ${entry.path}`.toLowerCase().includes(path)) return false;
  const text = filter.text.trim().toLowerCase();
  return text === '' || textOf(entry).includes(text);
}

/** @param {Entry} entry @param {string} outcome */
function hasOutcome(entry, outcome) {
  switch (outcome) {
    case '':
      return true;
    case 'failed':
      return entry.failed;
    case 'cause':
      return entry.cause !== null || entry.risks.length > 0;
    case 'live':
      return entry.live;
    default:
      return !entry.live && entry.outcome === outcome;
  }
}

/** All that may be searched, in lower case. @param {Entry} entry */
function textOf(entry) {
  const known = texts.get(entry);
  if (known !== undefined) return known;
  const parts = entry.logs.map((log) => messageText(log.message));
  for (const exception of entry.exceptions) {
    parts.push(`${exception.name}: ${exception.message}`, exception.stack ?? '');
  }
  parts.push(...entry.waitsFor);
  if (entry.cause !== null) parts.push(JSON.stringify(entry.cause));
  if (entry.risks.length > 0) parts.push(JSON.stringify(entry.risks));
  const text = parts.join('\n').slice(0, SEARCHED_LENGTH).toLowerCase();
  texts.set(entry, text);
  return text;
}

/** Something in the entry has changed. @param {Entry} entry */
export function forgetText(entry) {
  texts.delete(entry);
}

/** @param {Filter} filter */
export function isEverything(filter) {
  return filter.outcome === '' && filter.path.trim() === '' && filter.text.trim() === '';
}
