// @ts-check
/**
 * The `node:*` modules that a worker may import with the compatibility flag nodejs_compat.
 *
 * None of them is the engine's own exports object, and none leads to the host's process, files,
 * network or environment. Modules that are not listed here do not exist.
 */

import {
  nodeRequire,
  SafeMap,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
} from '../core/primordials.js';
import { defineGlobal } from '../globals/define.js';
import { assertModule } from './assert.js';
import { asyncHooks } from './async-local-storage.js';
import { Buffer, bufferModule, coverBuffer } from './buffer.js';
import { cryptoModule } from './crypto.js';
import { diagnosticsChannel } from './diagnostics-channel.js';
import { pathModule, urlModule } from './path.js';
import { makeProcess } from './process.js';
import { events, stream, streamConsumers, streamPromises, streamWeb } from './streams.js';
import { timersModule, timersPromises } from './timers.js';
import { utilModule } from './util.js';
import { zlibModule } from './zlib.js';

/** The global object; undefined without the flag. @type {any} */
let globalObject;
/** @type {any} */
let process;

/** How to make the exports of each module, by name. @type {Record<string, (scope: any) => any>} */
const makers = {
  __proto__: /** @type {any} */ (null),
  'assert': assertModule,
  'assert/strict': () => load('assert').strict,
  'async_hooks': asyncHooks,
  'buffer': bufferModule,
  'crypto': cryptoModule,
  'diagnostics_channel': diagnosticsChannel,
  'events': events,
  'path': pathModule,
  'path/posix': () => load('path').posix,
  'path/win32': () => load('path').win32,
  'process': () => process,
  'querystring': () => ({ ...nodeRequire('node:querystring') }),
  'stream': stream,
  'stream/consumers': streamConsumers,
  'stream/promises': streamPromises,
  'stream/web': streamWeb,
  'string_decoder': () => ({ ...nodeRequire('node:string_decoder') }),
  'timers': timersModule,
  'timers/promises': timersPromises,
  'url': urlModule,
  'util': utilModule,
  'util/types': () => load('util').types,
  'zlib': zlibModule,
};

/** Exports made so far. @type {Map<string, any>} */
const made = new SafeMap();

/** @param {string} name @returns {any} */
function load(name) {
  let exports = made.get(name);
  if (exports === undefined) {
    exports = makers[name](globalObject);
    made.set(name, exports);
  }
  return exports;
}

/**
 * The exports of a module, the same for each call.
 * @param {string} name with or without `node:`
 * @returns {any} an object or function whose own enumerable properties are the named exports;
 *   undefined when a worker has no such module
 */
export function nodeModule(name) {
  const bare = StringPrototypeStartsWith(name, 'node:') ? StringPrototypeSlice(name, 5) : name;
  if (globalObject === undefined || makers[bare] === undefined) return undefined;
  return load(bare);
}

/** The exports of every module, made now if they were not; none without the flag. @returns {any[]} */
export function allNodeModules() {
  return globalObject === undefined ? [] : Object.keys(makers).map(load);
}

/** Switches the flag on. @param {any} scope the global object */
export function installNode(scope) {
  globalObject = scope;
  coverBuffer();
  process = makeProcess();
  defineGlobal(scope, 'Buffer', Buffer);
  defineGlobal(scope, 'process', process);
}
