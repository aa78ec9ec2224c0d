// @ts-check
/**
 * Stack texts in terms of the files that a bundle was made of: for trace items and start-up errors.
 * `error.stack` itself keeps the positions of the file that was deployed, as in Workers.
 */

import {
  RegExpPrototypeExec,
  SafeMap,
  StringPrototypeIndexOf,
  StringPrototypeLastIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
} from '../core/primordials.js';
import { SourceMap } from './source-map.js';

const COMMENT = '//# sourceMappingURL=';
const INLINE = 'data:application/json';

/** @type {Map<string, SourceMap>} */
const maps = new SafeMap();

/**
 * Remembers a module's source map, if it has one; it is decoded when a stack first needs it.
 * @param {string} name as it stands in stack traces
 * @param {string} source its text, which may end with an inline map
 * @param {string} [map] one that came beside it, as JSON
 */
export function registerSourceMap(name, source, map) {
  const text = map === undefined ? inlineMap(source) : map;
  if (text === null) maps.delete(name);
  else maps.set(name, new SourceMap(text));
}

/** @param {string} source */
function inlineMap(source) {
  const comment = StringPrototypeLastIndexOf(source, COMMENT);
  if (comment < 0) return null;
  const url = RegExpPrototypeExec(/^\S+/, StringPrototypeSlice(source, comment + COMMENT.length));
  return url !== null && StringPrototypeStartsWith(url[0], INLINE) ? url[0] : null;
}

/**
 * A stack text with every position that a map knows replaced by the original one.
 * @param {string} stack
 * @returns {string}
 */
export function mapStack(stack) {
  if (maps.size === 0) return stack;
  let mapped = '';
  for (let from = 0; ; ) {
    const end = StringPrototypeIndexOf(stack, '\n', from);
    if (end < 0) return mapped + mapFrame(StringPrototypeSlice(stack, from));
    mapped += mapFrame(StringPrototypeSlice(stack, from, end)) + '\n';
    from = end + 1;
  }
}

/**
 * The original place of one in a file that was deployed; the same when no map knows it.
 * @param {string} name @param {number} line @param {number} column
 * @returns {{file: string, line: number, column: number}}
 */
export function authorSite(name, line, column) {
  const map = maps.get(name);
  const site = map === undefined ? null : map.find(line, column);
  if (site === null) return { file: name, line, column };
  return { file: resolve(name, site.source), line: site.line, column: site.column };
}

/** The text of an original file, if a map brought it along. @param {string} file @returns {string | null} */
export function originalText(file) {
  /** @type {string | null} */
  let text = null;
  maps.forEach((map, name) => {
    if (text === null) text = map.content((source) => resolve(name, source) === file);
  });
  return text;
}

/** How a function begins that has a name. */
const NAMED = /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*([\w$]+)/;
const METHOD = /^(?:(?:public|private|protected|static|override|async|get|set)\s+)*\*?\s*(#?[\w$]+)\s*[(<]/;
/** What precedes one that has its name from a variable or property. */
const ASSIGNED = /([\w$]+)\s*(?::[^=]*)?[=:]\s*$/;
const NO_NAME = /^(?:async|function|if|for|while|switch|catch|return|await|new|constructor)$/;

/**
 * What a function is called in its original file, which a minifier has changed.
 * @param {string} name of the module @param {{line: number, column: number}} first where it begins
 * @returns {string | null} null when that cannot be told
 */
export function functionName(name, { line, column }) {
  const site = authorSite(name, line, column);
  const text = site.file === name ? null : originalText(site.file);
  if (text === null) return null;
  let start = 0;
  for (let i = 1; i < site.line; i++) {
    start = StringPrototypeIndexOf(text, '\n', start) + 1;
    if (start === 0) return null;
  }
  const end = StringPrototypeIndexOf(text, '\n', start);
  const whole = StringPrototypeSlice(text, start, end < 0 ? text.length : end);
  const after = StringPrototypeSlice(whole, site.column - 1);
  const before = StringPrototypeSlice(whole, 0, site.column - 1);
  return nameBy(NAMED, after) ?? nameBy(METHOD, after) ?? nameBy(ASSIGNED, before);
}

/** @param {RegExp} pattern @param {string} text @returns {string | null} */
function nameBy(pattern, text) {
  const found = RegExpPrototypeExec(pattern, text);
  return found === null || RegExpPrototypeExec(NO_NAME, found[1]) !== null ? null : found[1];
}

/** @param {string} line */
function mapFrame(line) {
  const frame = RegExpPrototypeExec(/^(\s+at (?:async )?(?:.* \()?)(.*):(\d+):(\d+)(\)?)$/, line);
  if (frame === null) return line;
  const map = maps.get(frame[2]);
  const site = map === undefined ? null : map.find(+frame[3], +frame[4]);
  if (site === null) return line;
  return frame[1] + resolve(frame[2], site.source) + ':' + site.line + ':' + site.column + frame[5];
}

/**
 * A source's name as seen from the root: maps name their sources as seen from the map's own folder.
 * @param {string} name of the module that has the map
 * @param {string} source
 */
function resolve(name, source) {
  if (RegExpPrototypeExec(/^(?:[a-z][a-z0-9+.-]*:|\/)/i, source) !== null) return source;
  let folder = StringPrototypeSlice(name, 0, StringPrototypeLastIndexOf(name, '/') + 1);
  let rest = source;
  for (;;) {
    if (StringPrototypeStartsWith(rest, './')) {
      rest = StringPrototypeSlice(rest, 2);
    } else if (StringPrototypeStartsWith(rest, '../') && folder !== '') {
      rest = StringPrototypeSlice(rest, 3);
      const parent = StringPrototypeSlice(folder, 0, -1);
      folder = StringPrototypeSlice(parent, 0, StringPrototypeLastIndexOf(parent, '/') + 1);
    } else {
      return folder + rest;
    }
  }
}
