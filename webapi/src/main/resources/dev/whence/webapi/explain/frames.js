// @ts-check
/**
 * Captured call stacks as frames in the author's files: through rewriting and source maps, without
 * the runtime's and Node's own.
 */

import {
  ArrayPrototypePush,
  bareArray,
  RegExpPrototypeExec,
  StringPrototypeStartsWith,
} from '../core/primordials.js';
import { describeSite } from '../modules/call-site.js';
import { authorSite, functionName } from '../modules/positions.js';
import { sitesOf } from '../modules/stack.js';

/**
 * @typedef {object} Frame
 * @property {string} file
 * @property {number} line
 * @property {number} column
 * @property {string} name of the function, or ''
 * @property {string} body tells functions of a deployed file apart
 * @property {boolean} isEntry the function begins there
 */

/**
 * A call stack, innermost frame first.
 * @typedef {object} Frames
 * @property {Frame[]} visible
 * @property {boolean} inStreams the engine's streams were at work innermost
 */

/** How many frames a card can show. */
const MOST = 12;

/** Innermost code of the engine's streams. */
const STREAMS = 'node:internal/webstreams/';

/** @type {Frames} */
export const NO_FRAMES = { visible: bareArray(), inStreams: false };

/**
 * @param {Error | null} error captured by core/provenance.js
 * @returns {Frames}
 */
export function framesOf(error) {
  if (error === null) return NO_FRAMES;
  /** @type {Frame[]} */
  const visible = bareArray();
  let inStreams = false;
  const sites = sitesOf(error);
  for (let i = 0; i < sites.length && visible.length < MOST; i++) {
    const site = describeSite(sites[i]);
    if (site === null) continue;
    if (StringPrototypeStartsWith(site.file, STREAMS)) {
      if (visible.length === 0) inStreams = true;
      continue;
    }
    if (isOurs(site.file)) continue;
    const { file, line, column } = authorSite(site.file, site.line, site.column);
    const name = file === site.file ? site.name : (functionName(site.file, site.first) ?? site.name);
    ArrayPrototypePush(visible, { file, line, column, name, body: site.body, isEntry: site.isEntry });
  }
  return { visible, inStreams };
}

/** @param {string} file */
function isOurs(file) {
  return StringPrototypeStartsWith(file, 'whence:') || StringPrototypeStartsWith(file, 'node:');
}

/** Frames as a field for the host: one a line, their parts separated by tabs. @param {Frame[]} frames */
export function frameField(frames) {
  let text = '';
  for (let i = 0; i < frames.length; i++) {
    const { file, line, column, name } = frames[i];
    if (i > 0) text += '\n';
    text += plain(name) + '\t' + plain(file) + '\t' + line + '\t' + column;
  }
  return text;
}

/** A name without characters that separate fields; cut when it is very long. @param {string} text */
export function plain(text) {
  let result = '';
  for (let i = 0; i < text.length && i < 500; i++) {
    result += RegExpPrototypeExec(CONTROL, text[i]) === null ? text[i] : ' ';
  }
  return result;
}
const CONTROL = /[\u0000-\u001F\u007F]/;
