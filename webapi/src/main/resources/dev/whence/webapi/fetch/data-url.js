// @ts-check
/**
 * fetch() of data: URLs (Fetch standard, 6).
 */

import {
  NativeTypeError,
  NativeUint8Array,
  StringFromCharCode,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
  utf8Encode,
} from '../core/primordials.js';
import { current } from '../core/context.js';
import { byteLength, viewOf } from '../streams/bytes.js';
import { Body, BYTES } from './body.js';
import { HeaderList } from './header-list.js';
import { ResponseState, wrapResponse } from './response.js';
import { withoutFragment } from './url.js';

const decodeBase64 = globalThis.atob;

/** @param {string} url in standard form */
export function fetchData(url) {
  const rest = StringPrototypeSlice(withoutFragment(url), 5);
  const comma = StringPrototypeIndexOf(rest, ',');
  if (comma < 0) throw new NativeTypeError('Fetch API cannot load: a data: URL without a comma.');
  let type = StringPrototypeTrim(StringPrototypeSlice(rest, 0, comma));
  let bytes = percentDecode(StringPrototypeSlice(rest, comma + 1));
  const marker = base64Marker(type);
  if (marker >= 0) {
    type = StringPrototypeSlice(type, 0, marker);
    bytes = fromBase64(bytes);
  }
  if (StringPrototypeStartsWith(type, ';')) type = 'text/plain' + type;
  if (type === '') type = 'text/plain;charset=US-ASCII';
  const state = new ResponseState();
  state.statusText = 'OK';
  state.list = new HeaderList();
  state.list.append('Content-Type', 'content-type', type);
  state.immutable = true;
  state.url = url;
  state.body = new Body(BYTES, bytes, current());
  return wrapResponse(state);
}

/** Index of the `;base64` that ends a type, or -1. @param {string} type */
function base64Marker(type) {
  const end = type.length - 6;
  if (end < 1 || StringPrototypeToLowerCase(StringPrototypeSlice(type, end)) !== 'base64') return -1;
  let at = end - 1;
  while (at > 0 && StringPrototypeCharCodeAt(type, at) === 0x20) at--;
  return StringPrototypeCharCodeAt(type, at) === 0x3b ? at : -1;
}

/** @param {string} text @returns {Uint8Array} */
function percentDecode(text) {
  const source = utf8Encode(text);
  const length = byteLength(source);
  const out = new NativeUint8Array(length);
  let used = 0;
  for (let i = 0; i < length; i++) {
    const high = source[i] === 0x25 && i + 2 < length ? hex(source[i + 1]) : -1;
    const low = high >= 0 ? hex(source[i + 2]) : -1;
    if (low >= 0) {
      out[used++] = high * 16 + low;
      i += 2;
    } else {
      out[used++] = source[i];
    }
  }
  return viewOf(out, 0, used);
}

/** @param {number} code */
function hex(code) {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** @param {Uint8Array} bytes @returns {Uint8Array} */
function fromBase64(bytes) {
  let text = '';
  for (let i = 0; i < byteLength(bytes); i++) text += StringFromCharCode(bytes[i]);
  let binary;
  try {
    binary = decodeBase64(text);
  } catch {
    throw new NativeTypeError('Fetch API cannot load: a data: URL with malformed base64.');
  }
  const out = new NativeUint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) out[i] = StringPrototypeCharCodeAt(binary, i);
  return out;
}
