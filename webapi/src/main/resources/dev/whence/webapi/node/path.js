// @ts-check
/**
 * `node:path` and `node:url`, for which the working directory is always `/`.
 */

import { nodeRequire, ReflectApply, StringPrototypeStartsWith } from '../core/primordials.js';

const PLAIN = [
  'basename', 'delimiter', 'dirname', 'extname', 'format', 'isAbsolute', 'join', 'normalize',
  'parse', 'sep',
];

/** @param {any} native @param {string} root @returns {any} */
function makePath(native, root) {
  /** @type {any} */
  const path = {};
  for (const name of PLAIN) path[name] = native[name];
  path.resolve = (/** @type {any[]} */ ...parts) => {
    const all = [root];
    for (let i = 0; i < parts.length; i++) all[i + 1] = parts[i];
    return ReflectApply(native.resolve, undefined, all);
  };
  path.relative = (/** @type {any} */ start, /** @type {any} */ end) =>
    native.relative(path.resolve(start), path.resolve(end));
  path.toNamespacedPath = (/** @type {any} */ value) =>
    typeof value !== 'string' || value === '' ? value : native.toNamespacedPath(path.resolve(value));
  return path;
}

/** Exports of `node:path`. */
export function pathModule() {
  const node = nodeRequire('node:path');
  const posix = makePath(node.posix, '/');
  posix.toNamespacedPath = (/** @type {any} */ value) => value;
  const win32 = makePath(node.win32, 'C:\\');
  for (const path of [posix, win32]) {
    path.posix = posix;
    path.win32 = win32;
  }
  return posix;
}

/** Exports of `node:url`. @param {any} scope the global object */
export function urlModule(scope) {
  const node = nodeRequire('node:url');
  const {
    Url, parse, resolve, resolveObject, format, domainToASCII, domainToUnicode, urlToHttpOptions,
    fileURLToPath, pathToFileURL: native,
  } = node;
  const { URL, URLPattern, URLSearchParams } = scope;
  return {
    Url, parse, resolve, resolveObject, format, domainToASCII, domainToUnicode, urlToHttpOptions,
    fileURLToPath,
    URL, URLPattern, URLSearchParams,
    pathToFileURL: (/** @type {any} */ path) => {
      const isRelative = typeof path === 'string' && !StringPrototypeStartsWith(path, '/');
      return native(isRelative ? '/' + path : path, { windows: false });
    },
  };
}
