// @ts-check
/**
 * Source maps (ECMA-426, version 3), decoded when a position is first asked for.
 */

import {
  ArrayIsArray,
  ArrayPrototypePush,
  JSONParse,
  nodeRequire,
  ReflectApply,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  uncurryThis,
} from '../core/primordials.js';

const { Buffer } = nodeRequire('node:buffer');
const bufferFrom = Buffer.from;
const bufferToString = uncurryThis(Buffer.prototype.toString);

/** UTF-8 text from base64. @param {string} base64 @returns {string} */
export function decodeBase64(base64) {
  return bufferToString(ReflectApply(bufferFrom, Buffer, [base64, 'base64']), 'utf8');
}

/**
 * A place in an original file: line and column from 1, columns in UTF-16 units.
 * @typedef {{source: string, line: number, column: number}} OriginalSite
 */

/**
 * A map's segments: five numbers each, sorted: generated line and column, index of the source (-1
 * where the text is nobody's), original line and column; all from 0.
 * @typedef {number[]} Segments
 */
const WIDTH = 5;

/** One source map. Broken maps map nothing. */
export class SourceMap {
  /** @type {string | null} */ #text;
  /** @type {string[]} */ #sources = [];
  /** @type {any[]} */ #contents = [];
  /** @type {Segments} */ #segments = [];

  /** @param {string} text the map as JSON, or as a `data:` URL that holds it */
  constructor(text) {
    this.#text = text;
  }

  /**
   * @param {number} line from 1
   * @param {number} column from 1
   * @returns {OriginalSite | null} null where the map says nothing
   */
  find(line, column) {
    this.#decode();
    const segments = this.#segments;
    let low = 0;
    let high = segments.length / WIDTH;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = middle * WIDTH;
      const isBefore =
        segments[at] < line - 1 || (segments[at] === line - 1 && segments[at + 1] <= column - 1);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    const found = (low - 1) * WIDTH;
    if (low === 0 || segments[found] !== line - 1 || segments[found + 2] < 0) return null;
    return {
      source: this.#sources[segments[found + 2]],
      line: segments[found + 3] + 1,
      column: segments[found + 4] + 1,
    };
  }

  /**
   * The text of a source, if the map brought it along.
   * @param {(source: string) => boolean} isWanted
   * @returns {string | null}
   */
  content(isWanted) {
    this.#decode();
    for (let i = 0; i < this.#sources.length; i++) {
      const text = this.#contents[i];
      if (typeof text === 'string' && isWanted(this.#sources[i])) return text;
    }
    return null;
  }

  #decode() {
    const text = this.#text;
    if (text === null) return;
    this.#text = null;
    try {
      const map = JSONParse(jsonOf(text));
      if (ArrayIsArray(map.sections)) this.#addSections(map.sections);
      else this.#add(map, 0, 0);
    } catch {
      this.#segments = [];
    }
  }

  /** @param {any[]} sections */
  #addSections(sections) {
    for (let i = 0; i < sections.length; i++) {
      const { offset, map } = sections[i];
      this.#add(map, offset.line, offset.column);
    }
  }

  /** @param {any} map @param {number} line of its beginning @param {number} column of its beginning */
  #add(map, line, column) {
    const base = this.#sources.length;
    const root = typeof map.sourceRoot === 'string' && map.sourceRoot !== '' ? map.sourceRoot : null;
    for (let i = 0; i < map.sources.length; i++) {
      const source = '' + map.sources[i];
      ArrayPrototypePush(this.#sources, root === null ? source : join(root, source));
      ArrayPrototypePush(this.#contents, ArrayIsArray(map.sourcesContent) ? map.sourcesContent[i] : null);
    }
    decodeMappings(map.mappings, this.#segments, base, line, column);
  }
}

/** @param {string} text */
function jsonOf(text) {
  if (!StringPrototypeStartsWith(text, 'data:')) return text;
  let comma = 0;
  while (comma < text.length && text[comma] !== ',') comma++;
  return decodeBase64(StringPrototypeSlice(text, comma + 1));
}

/** @param {string} root @param {string} source */
function join(root, source) {
  return root[root.length - 1] === '/' ? root + source : root + '/' + source;
}

/** Value of each base64 digit by character code. */
const DIGITS = (() => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const digits = new Int8Array(128).fill(-1);
  for (let i = 0; i < alphabet.length; i++) digits[alphabet.charCodeAt(i)] = i;
  return digits;
})();

const COMMA = 44;
const SEMICOLON = 59;

/**
 * Reads base-64 VLQ mappings: lines are parted by `;`, segments by `,`, and every number is the
 * difference to its predecessor.
 * @param {string} mappings
 * @param {Segments} into
 * @param {number} base index of the map's first source
 * @param {number} line of the first mapping
 * @param {number} column of the first mapping
 */
function decodeMappings(mappings, into, base, line, column) {
  const state = [0, 0, 0, 0, 0];
  let generatedLine = line;
  let shift = column;
  let field = 0;
  let value = 0;
  let bits = 0;
  for (let i = 0; i <= mappings.length; i++) {
    const code = i < mappings.length ? StringPrototypeCharCodeAt(mappings, i) : SEMICOLON;
    if (code === COMMA || code === SEMICOLON) {
      if (field > 0) {
        const source = field === 1 ? -1 : base + state[1];
        ArrayPrototypePush(into, generatedLine, shift + state[0], source, state[2], state[3]);
      }
      field = 0;
      if (code === COMMA) continue;
      generatedLine++;
      shift = 0;
      state[0] = 0;
      continue;
    }
    const digit = code < 128 ? DIGITS[code] : -1;
    if (digit < 0) throw digit;
    value += (digit & 31) * 2 ** bits;
    bits += 5;
    if (digit >= 32) continue;
    state[field++] += value % 2 === 1 ? -((value - 1) / 2) : value / 2;
    value = 0;
    bits = 0;
  }
}
