// @ts-check
/**
 * `node:util`, without what tells of the host's process.
 */

import { nodeRequire, ObjectDefineProperties } from '../core/primordials.js';
import { makePromisify } from './promisify.js';

const PLAIN = [
  'MIMEType', 'MIMEParams', 'callbackify', 'format', 'formatWithOptions', 'inherits', 'isArray',
  'isDeepStrictEqual', 'stripVTControlCharacters', 'toUSVString',
];

/** A cover of `inspect`, whose settings belong to the isolate. @param {any} native */
function makeInspect(native) {
  /** @param {any} value @param {any} options */
  const inspect = (value, options) => native(value, options);
  ObjectDefineProperties(inspect, {
    custom: { value: native.custom, enumerable: true },
    colors: { value: Object.freeze({ ...native.colors }), enumerable: true },
    styles: { value: Object.freeze({ ...native.styles }), enumerable: true },
    defaultOptions: { value: Object.freeze({ ...native.defaultOptions }), enumerable: true },
  });
  return inspect;
}

/** Debug logs are switched on by the environment of a process, which a worker has not. */
function debuglog() {
  const log = () => {};
  ObjectDefineProperties(log, { enabled: { value: false } });
  return log;
}

/** Exports of `node:util`. @param {any} scope the global object */
export function utilModule(scope) {
  const node = nodeRequire('node:util');
  /** @type {any} */
  const exports = {};
  for (const name of PLAIN) exports[name] = node[name];
  exports.inspect = makeInspect(node.inspect);
  exports.promisify = makePromisify(scope);
  exports.types = { ...node.types };
  exports.TextDecoder = scope.TextDecoder;
  exports.TextEncoder = scope.TextEncoder;
  exports.debuglog = debuglog;
  exports.debug = debuglog;
  exports.deprecate = (/** @type {any} */ fn) => fn;
  exports.parseArgs = (/** @type {any} */ config) => node.parseArgs({ args: [], ...config });
  return exports;
}
