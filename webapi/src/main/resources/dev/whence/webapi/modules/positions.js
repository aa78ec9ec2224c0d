// @ts-check
/**
 * Where rewritten code came from: turns a position that V8 reports into the author's.
 *
 * Two steps, both kept by module name: insertions are subtracted from columns, and where TypeScript
 * had to be compiled rather than blanked out, its source map is applied. Lines are counted from 1,
 * columns from 1 too, in UTF-16 units, as in stack traces.
 */

import { ArrayPrototypePush, SafeMap } from '../core/primordials.js';
import { SourceMap } from './source-map.js';
import { endsLine } from './syntax-error.js';

/**
 * What is known of one module: four numbers for each insertion (line and column from 0 in the text
 * before any insertion, length, column of what it stands for), sorted; and the map of its compiled
 * TypeScript.
 * @typedef {{edits: number[], map: SourceMap | null}} Rewriting
 */

export { authorSite, functionName, mapStack, originalText, registerSourceMap } from './mapped-stack.js';

const WIDTH = 4;

/** @type {Map<string, Rewriting>} */
const rewritings = new SafeMap();

/**
 * The place of each insertion.
 * @param {string} source
 * @param {Array<{at: number, text: string, origin: number}>} insertions sorted
 * @returns {number[]}
 */
export function locateEdits(source, insertions) {
  /** @type {number[]} */
  const edits = [];
  let line = 1;
  let lineStart = 0;
  let i = 0;
  for (let next = 0; next < insertions.length; next++) {
    const { at, text, origin } = insertions[next];
    for (; i < at; i++) {
      if (endsLine(source, i)) {
        line++;
        lineStart = i + 1;
      }
    }
    // What begins on an earlier line is pointed at where the insertion is.
    const stands = origin < lineStart ? at : origin;
    ArrayPrototypePush(edits, line, at - lineStart, text.length, stands - lineStart);
  }
  return edits;
}

/**
 * Remembers how a module was rewritten; a later call for the same name replaces an earlier one.
 * @param {string} name as it stands in stack traces
 * @param {number[]} edits of `transform`
 * @param {string} [map] of `transform`
 */
export function registerEdits(name, edits, map) {
  if (edits.length === 0 && map === undefined) rewritings.delete(name);
  else rewritings.set(name, { edits, map: map === undefined ? null : new SourceMap(map) });
}

/**
 * The author's position.
 * @param {string} name
 * @param {number} line
 * @param {number} column
 * @returns {{line: number, column: number}}
 */
export function originalPosition(name, line, column) {
  const rewriting = rewritings.get(name);
  if (rewriting === undefined) return { line, column };
  const before = columnBefore(rewriting.edits, line, column - 1) + 1;
  if (rewriting.map === null) return { line, column: before };
  const site = rewriting.map.find(line, before);
  return site === null ? { line, column: before } : { line: site.line, column: site.column };
}

/**
 * The column before the insertions; inside an insertion it is the place where that was put.
 * @param {number[]} edits
 * @param {number} line
 * @param {number} column from 0
 */
function columnBefore(edits, line, column) {
  let i = firstOfLine(edits, line);
  let shift = 0;
  for (; i < edits.length && edits[i] === line; i += WIDTH) {
    const at = edits[i + 1] + shift;
    if (column < at) break;
    if (column < at + edits[i + 2]) return edits[i + 3];
    shift += edits[i + 2];
  }
  return column - shift;
}

/** Index of the first number of the line's edits (binary search). @param {number[]} edits @param {number} line */
function firstOfLine(edits, line) {
  let low = 0;
  let high = edits.length / WIDTH;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edits[middle * WIDTH] < line) low = middle + 1;
    else high = middle;
  }
  return low * WIDTH;
}
