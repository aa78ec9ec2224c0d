// @ts-check
/**
 * Reads multipart/form-data (RFC 7578).
 */

import {
  NativeTypeError,
  nodeRequire,
  replaceText,
  splitText,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
  uncurryThis,
  utf8Encode,
} from '../core/primordials.js';
import { byteLength, copyOf, viewOf } from '../streams/bytes.js';
import { essenceOf, parameterOf } from './mime.js';

const NativeFile = globalThis.File;
/** @type {(bytes: Uint8Array, wanted: Uint8Array, from: number) => number} */
const indexOfBytes = uncurryThis(nodeRequire('node:buffer').Buffer.prototype.indexOf);
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const decode = uncurryThis(TextDecoder.prototype.decode);

const HEAD_END = utf8Encode('\r\n\r\n');

/** @param {string} what @returns {never} */
function refuse(what) {
  throw new NativeTypeError('Malformed multipart/form-data body: ' + what + '.');
}

/**
 * @param {Uint8Array} bytes
 * @param {string} boundary
 * @param {(name: string, value: string | File) => void} add gets each field
 */
export function parseMultipart(bytes, boundary, add) {
  const opening = utf8Encode('--' + boundary);
  const delimiter = utf8Encode('\r\n--' + boundary);
  let at = indexOfBytes(bytes, opening, 0);
  if (at < 0 || (at > 0 && !(at >= 2 && bytes[at - 2] === 13 && bytes[at - 1] === 10))) {
    refuse('no opening boundary');
  }
  at += byteLength(opening);
  for (;;) {
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) return;
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
    if (bytes[at] !== 13 || bytes[at + 1] !== 10) refuse('a boundary is not followed by a line break');
    // The head may be empty, then its end overlaps the line break just seen.
    const headEnd = indexOfBytes(bytes, HEAD_END, at);
    if (headEnd < 0) refuse('the head of a part does not end');
    const head = headEnd === at ? '' : decode(decoder, viewOf(bytes, at + 2, headEnd));
    const start = headEnd + 4;
    // An empty content leaves only the delimiter, whose line break may be that of the head.
    const end = indexOfBytes(bytes, delimiter, start - 2);
    if (end < 0) refuse('a part does not end with the boundary');
    addPart(head, viewOf(bytes, start, end < start ? start : end), add);
    at = end + byteLength(delimiter);
  }
}

/** @param {string} head @param {Uint8Array} content @param {(name: string, value: string | File) => void} add */
function addPart(head, content, add) {
  let disposition = '';
  let type = '';
  const lines = splitText(head, '\r\n');
  for (let i = 0; i < lines.length; i++) {
    const colon = StringPrototypeIndexOf(lines[i], ':');
    if (colon <= 0) refuse('a header line has no name');
    const name = StringPrototypeToLowerCase(StringPrototypeTrim(StringPrototypeSlice(lines[i], 0, colon)));
    const value = StringPrototypeTrim(StringPrototypeSlice(lines[i], colon + 1));
    if (name === 'content-disposition') disposition = value;
    else if (name === 'content-type') type = value;
  }
  const name = parameterOf(disposition, 'name');
  if (essenceOf(disposition) !== 'form-data' || name === undefined) {
    refuse('a part has no Content-Disposition with a name');
  }
  const filename = parameterOf(disposition, 'filename');
  if (filename === undefined) {
    add(unescape(name), decode(decoder, content));
    return;
  }
  add(
    unescape(name),
    new NativeFile(
      [/** @type {any} */ (copyOf(content))],
      unescape(filename),
      /** @type {any} */ ({
        __proto__: null,
        type: type === '' ? 'text/plain' : type,
      }),
    ),
  );
}

/** @param {string} text */
function unescape(text) {
  const lines = replaceText(replaceText(text, '%0A', '\n'), '%0D', '\r');
  return replaceText(lines, '%22', '"');
}
