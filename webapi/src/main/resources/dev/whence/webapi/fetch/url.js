// @ts-check
/**
 * URLs as the URL standard writes them, parsed only when a text is not in that form already.
 */

import {
  NativeTypeError,
  RegExpPrototypeExec,
  StringPrototypeIncludes,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  uncurryGetter,
} from '../core/primordials.js';

const NativeURL = globalThis.URL;
const getHref = uncurryGetter(NativeURL.prototype, 'href');
const getOrigin = uncurryGetter(NativeURL.prototype, 'origin');
const getUsername = uncurryGetter(NativeURL.prototype, 'username');
const getPassword = uncurryGetter(NativeURL.prototype, 'password');

/** Anything in a path and query that parsing might change. */
const NOT_PLAIN = /[^A-Za-z0-9\-_~!$&()*+,;=:@/?.]/;

/** The last origin seen to be in its standard form: most URLs of a worker share one. */
let plainOrigin = '';

/**
 * True when the text is an http(s) URL that parsing would leave as it is.
 * @param {string} text
 */
function isNormal(text) {
  const slash = StringPrototypeIndexOf(text, '/', 8);
  if (slash < 0) return false;
  const rest = StringPrototypeSlice(text, slash);
  if (RegExpPrototypeExec(NOT_PLAIN, rest) !== null || StringPrototypeIncludes(rest, '/.')) return false;
  const origin = StringPrototypeSlice(text, 0, slash);
  if (origin === plainOrigin) return true;
  if (!StringPrototypeStartsWith(origin, 'http')) return false;
  let url;
  try {
    url = new NativeURL(origin + '/');
  } catch {
    return false;
  }
  if (getHref(url) !== origin + '/' || getOrigin(url) !== origin) return false;
  plainOrigin = origin;
  return true;
}

/**
 * The standard form of an absolute URL.
 * @param {string} text
 * @returns {string}
 * @throws {TypeError} when it is none
 */
export function normalizeUrl(text) {
  if (isNormal(text)) return text;
  return getHref(parse(text));
}

/**
 * The standard form of a URL that a Request may have: absolute and without credentials.
 * @param {string} text
 * @returns {string}
 */
export function requestUrl(text) {
  if (isNormal(text)) return text;
  const url = parse(text);
  if (getUsername(url) !== '' || getPassword(url) !== '') {
    throw new NativeTypeError('Request cannot be constructed from a URL that includes credentials: ' + text);
  }
  return getHref(url);
}

/**
 * The standard form of a URL that the host vouches for; the text itself when it cannot be parsed.
 * @param {string} text
 * @returns {string}
 */
export function hostUrl(text) {
  try {
    return normalizeUrl(text);
  } catch {
    return text;
  }
}

/** @param {string} text @returns {URL} */
function parse(text) {
  try {
    return new NativeURL(text);
  } catch {
    throw new NativeTypeError('Invalid URL: ' + text);
  }
}

/** Where a redirect leads; undefined when it cannot be parsed. @param {string} location @param {string} base */
export function resolveUrl(location, base) {
  try {
    return getHref(new NativeURL(location, base));
  } catch {
    return undefined;
  }
}

/** `http:` and the like. @param {string} href in standard form */
export function protocolOf(href) {
  return StringPrototypeSlice(href, 0, StringPrototypeIndexOf(href, ':') + 1);
}

/** @param {string} href @returns {string} */
export function originOf(href) {
  return getOrigin(new NativeURL(href));
}

/** @param {string} href in standard form */
export function withoutFragment(href) {
  const hash = StringPrototypeIndexOf(href, '#');
  return hash < 0 ? href : StringPrototypeSlice(href, 0, hash);
}

/** @param {string} href in standard form */
export function fragmentOf(href) {
  const hash = StringPrototypeIndexOf(href, '#');
  return hash < 0 ? '' : StringPrototypeSlice(href, hash);
}

/** @param {string} href in standard form */
export function isHttp(href) {
  return StringPrototypeStartsWith(href, 'http://') || StringPrototypeStartsWith(href, 'https://');
}
