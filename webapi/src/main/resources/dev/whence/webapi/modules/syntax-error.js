// @ts-check
/**
 * Syntax errors that say where: V8 tells the place only in text meant for people, so parsers of ours
 * put it on the error as data, from which the host draws a code frame.
 */

import {
  NativeSyntaxError,
  ObjectDefineProperties,
  StringPrototypeCharCodeAt,
} from '../core/primordials.js';

/**
 * Where and why a text does not parse.
 * @typedef {object} SyntaxSite
 * @property {string} message
 * @property {number} line from 1
 * @property {number} column from 1, in UTF-16 units
 */

/**
 * A SyntaxError with hidden properties `line` and `column`.
 * @param {SyntaxSite} site
 */
export function syntaxError({ message, line, column }) {
  const error = new NativeSyntaxError(message);
  ObjectDefineProperties(error, { line: { value: line }, column: { value: column } });
  return error;
}

/**
 * @param {string} source
 * @param {number} offset of the fault
 * @param {string} message
 * @returns {SyntaxSite}
 */
export function siteAt(source, offset, message) {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < offset; i++) {
    if (endsLine(source, i)) {
      line++;
      lineStart = i + 1;
    }
  }
  return { message, line, column: offset - lineStart + 1 };
}

/**
 * True at the last character of a line terminator, as V8 counts lines.
 * @param {string} text
 * @param {number} at
 */
export function endsLine(text, at) {
  const code = StringPrototypeCharCodeAt(text, at);
  if (code > 13) return code === 0x2028 || code === 0x2029;
  return code === 10 || (code === 13 && StringPrototypeCharCodeAt(text, at + 1) !== 10);
}
