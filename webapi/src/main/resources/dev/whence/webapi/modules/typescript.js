// @ts-check
/**
 * TypeScript: types are blanked out, so that every position stays. A file with syntax that needs
 * code of its own (enums, namespaces, parameter properties) is compiled instead and gets a map.
 */

import {
  nodeRequire,
  RegExpPrototypeExec,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypeLastIndexOf,
  StringPrototypeSlice,
} from '../core/primordials.js';
import { withNativeWasm } from '../globals/wasm.js';
import { decodeBase64 } from './source-map.js';
import { syntaxError } from './syntax-error.js';

const process = nodeRequire('node:process');
const MAP_COMMENT = '\n//# sourceMappingURL=data:application/json;base64,';

/** @type {((source: string, options: object) => string) | null} */
let strip = null;

/**
 * @param {string} source
 * @param {string} name
 * @returns {{code: string, map?: string}} `map` as JSON, when positions moved
 * @throws {SyntaxError} with `line` and `column` (see syntax-error.js)
 */
export function stripTypes(source, name) {
  try {
    return { code: callQuietly(source, { mode: 'strip' }) };
  } catch (error) {
    if (/** @type {any} */ (error).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
      throw withSite(error);
    }
  }
  try {
    return splitMap(callQuietly(source, { mode: 'transform', sourceMap: true, sourceUrl: name }));
  } catch (error) {
    throw withSite(error);
  }
}

/**
 * Calls the engine's stripper without its notice that it is experimental.
 * @param {string} source
 * @param {object} options
 * @returns {string}
 */
function callQuietly(source, options) {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    if (strip === null) strip = nodeRequire('node:module').stripTypeScriptTypes;
    // The stripper is a WebAssembly module, compiled at its first use.
    return withNativeWasm(() => /** @type {any} */ (strip)(source, options));
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** @param {string} compiled code that ends with its source map */
function splitMap(compiled) {
  const comment = StringPrototypeLastIndexOf(compiled, MAP_COMMENT);
  if (comment < 0) return { code: compiled };
  return {
    code: StringPrototypeSlice(compiled, 0, comment),
    map: decodeBase64(StringPrototypeSlice(compiled, comment + MAP_COMMENT.length)),
  };
}

/**
 * The stripper tells the place only at the top of its error's stack: `file:line`, some source lines,
 * and a line of carets below the fault.
 * @param {any} error
 */
function withSite(error) {
  if (error === null || typeof error !== 'object' || typeof error.code !== 'string') return error;
  const stack = error.stack;
  if (typeof stack !== 'string') return error;
  const line = RegExpPrototypeExec(/^[^\n]*:(\d+)\n/, stack);
  const carets = RegExpPrototypeExec(/\n([^\n]*)\n([ \t]*)\^+(?:\n|$)/, stack);
  if (line === null || carets === null) return error;
  return syntaxError({
    message: firstLine(error.message),
    line: +line[1],
    column: columnAt(carets[1], carets[2].length),
  });
}

/** First character of the scripts that a terminal shows two cells wide (roughly). */
const FIRST_WIDE = 0x1100;

/**
 * The column, from 1, of the character shown `cells` cells from the left.
 * @param {string} text
 * @param {number} cells
 */
function columnAt(text, cells) {
  let at = 0;
  for (let cell = 0; cell < cells && at < text.length; at++) {
    const code = StringPrototypeCharCodeAt(text, at);
    const isPairStart = code >= 0xd800 && code < 0xdc00;
    if (isPairStart) continue;
    cell += code < FIRST_WIDE ? 1 : 2;
  }
  return at + 1;
}

/** @param {string} text */
function firstLine(text) {
  const end = StringPrototypeIndexOf(text, '\n');
  return end < 0 ? text : StringPrototypeSlice(text, 0, end);
}
