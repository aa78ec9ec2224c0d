// @ts-check
/** Content codings. */

import { StringPrototypeToLowerCase, StringPrototypeTrim } from '../core/primordials.js';

/** @typedef {import('./header-list.js').HeaderList} HeaderList */

/**
 * The one content coding of a message; '' for none, and for those that stay as they are.
 * @param {HeaderList | null} list
 * @returns {string} gzip, deflate, br, or ''
 */
export function contentCodingOf(list) {
  const value = list === null ? null : list.get('content-encoding');
  if (value === null) return '';
  const coding = StringPrototypeToLowerCase(StringPrototypeTrim(value));
  if (coding === 'x-gzip') return 'gzip';
  return coding === 'gzip' || coding === 'br' || coding === 'deflate' ? coding : '';
}
