// @ts-check
/**
 * Whether and how long a response may be kept (RFC 9111, as Workers' Cache API applies it).
 */

import {
  NativeDate,
  splitText,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
} from '../core/primordials.js';

/** @typedef {import('../fetch/header-list.js').HeaderList} HeaderList */

const parseDate = NativeDate.parse;

/**
 * The directives of a Cache-Control field, arguments without quotes; '' for none.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function directivesOf(text) {
  /** @type {Record<string, string>} */
  const directives = /** @type {any} */ ({ __proto__: null });
  const parts = splitText(text, ',');
  for (let i = 0; i < parts.length; i++) {
    const equals = StringPrototypeIndexOf(parts[i], '=');
    const name = equals < 0 ? parts[i] : StringPrototypeSlice(parts[i], 0, equals);
    let value = equals < 0 ? '' : StringPrototypeTrim(StringPrototypeSlice(parts[i], equals + 1));
    if (value.length >= 2 && value[0] === '"' && value[value.length - 1] === '"') {
      value = StringPrototypeSlice(value, 1, value.length - 1);
    }
    directives[StringPrototypeToLowerCase(StringPrototypeTrim(name))] = value;
  }
  return directives;
}

/** Seconds for which a response without instructions is kept. @param {number} status */
function defaultSeconds(status) {
  if (status === 200 || status === 301) return 7200;
  if (status === 302 || status === 303) return 1200;
  return status === 404 || status === 410 ? 180 : 0;
}

/**
 * How long a response may be kept.
 * @param {number} status
 * @param {HeaderList} list
 * @param {number} now ms since epoch
 * @returns {number} ms; 0 or less when it must not be kept
 */
export function freshMillis(status, list, now) {
  const control = list.get('cache-control');
  const directives = directivesOf(control === null ? '' : control);
  if (directives['no-store'] !== undefined || directives['no-cache'] !== undefined) return 0;
  const isPrivate = directives.private;
  // `private=Set-Cookie` says: keep it, without that field.
  const dropsCookies = isPrivate !== undefined && StringPrototypeToLowerCase(isPrivate) === 'set-cookie';
  if (isPrivate !== undefined && !dropsCookies) return 0;
  if (list.has('set-cookie') && !dropsCookies) return 0;
  const age = directives['s-maxage'] !== undefined ? directives['s-maxage'] : directives['max-age'];
  if (age !== undefined) {
    const seconds = +age;
    return seconds > 0 ? seconds * 1000 : 0;
  }
  const expires = list.get('expires');
  if (expires !== null) {
    const time = parseDate(expires);
    return time > now ? time - now : 0;
  }
  return defaultSeconds(status) * 1000;
}

/**
 * True when the reader already has what is kept.
 * @param {HeaderList} wanted fields of the request
 * @param {HeaderList} kept fields of the response
 */
export function isNotModified(wanted, kept) {
  const tags = wanted.get('if-none-match');
  if (tags !== null) {
    const tag = kept.get('etag');
    if (tag === null) return false;
    if (StringPrototypeTrim(tags) === '*') return true;
    const parts = splitText(tags, ',');
    for (let i = 0; i < parts.length; i++) {
      if (weak(StringPrototypeTrim(parts[i])) === weak(tag)) return true;
    }
    return false;
  }
  const since = wanted.get('if-modified-since');
  const modified = kept.get('last-modified');
  return since !== null && modified !== null && parseDate(modified) <= parseDate(since);
}

/** @param {string} tag */
const weak = (tag) => (StringPrototypeIndexOf(tag, 'W/') === 0 ? StringPrototypeSlice(tag, 2) : tag);

/**
 * The part of a body that a Range field asks for.
 * @param {string} text
 * @param {number} length of the whole
 * @returns {{start: number, end: number} | null} null when the whole is to be sent; `start` >= length when nothing fits
 */
export function rangeOf(text, length) {
  if (StringPrototypeIndexOf(text, 'bytes=') !== 0 || StringPrototypeIndexOf(text, ',') >= 0) return null;
  const dash = StringPrototypeIndexOf(text, '-');
  if (dash < 0) return null;
  const first = StringPrototypeTrim(StringPrototypeSlice(text, 6, dash));
  const last = StringPrototypeTrim(StringPrototypeSlice(text, dash + 1));
  if (first === '') {
    const count = +last;
    if (last === '' || !(count >= 0)) return null;
    return count === 0
      ? { start: length, end: length }
      : { start: count > length ? 0 : length - count, end: length };
  }
  const start = +first;
  const end = last === '' ? length : +last + 1;
  if (!(start >= 0)) return null;
  if (start >= length) return { start: length, end: length };
  return end > start ? { start, end: end > length ? length : end } : null;
}
