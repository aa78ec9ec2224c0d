// @ts-check
/**
 * Puts a worker's world together: connects it with the host, installs what a worker sees, and hands
 * the host its three doors: `dispatch` for turns, `start` for the script, `prepare` for its modules.
 */

import {
  JSONParse,
  JSONStringify,
  NativeFloat64Array,
  NativeNumber,
  NativeUint8Array,
  ObjectDefineProperty,
  ObjectKeys,
  PromisePrototypeThen,
  PromiseReject,
  splitText,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
} from './primordials.js';
import { connectClock, runInFrame } from './context.js';
import { configureRules, own, ownIterable, recordSites, trackOwners } from './following.js';
import { installProvenance } from './provenance.js';
import { installBinding } from './bound.js';
import { guard, installPromises } from './promises.js';
import { connectOutbox, takeCommands } from './outbox.js';
import { connectIncoming, dispatch } from './dispatch.js';
import { entrypointExports } from './entrypoints.js';
import { handledEvents, setWorker } from './handlers.js';
import { installGlobals, removeUnseen } from './globals.js';
import { installFetch } from '../fetch/index.js';
import { installCaches } from '../cache/cache.js';
import { logWarning } from '../console/console.js';
import { compileWasm } from '../globals/wasm.js';
import { allNodeModules, nodeModule } from '../node/compat.js';
import { evaluateApart } from '../modules/own-realm.js';
import { prepareModule } from '../modules/prepare.js';
import { configureTransform, syntaxSite } from '../modules/syntax.js';
import { installStackTraces } from '../modules/stack.js';
import { mapStack, originalText } from '../modules/positions.js';
import { connectHeap, connectObjects, connectStores, evidence } from '../explain/evidence.js';
import { connectKept, keptAt } from '../explain/kept.js';
import { answerOf, madeAt } from '../explain/objects.js';
import { installChance, seedRequest } from './chance.js';
import { rememberRealm, restoreHot, restoreRealm } from './realm.js';
import { resetState } from './renewal.js';
import { ExtendableEvent, FetchEvent, ScheduledEvent } from '../events/fetch-event.js';

export { dispatch };

/**
 * @typedef {object} Host
 * @property {ArrayBuffer} outgoing bytes that travel with commands
 * @property {ArrayBuffer} incoming bytes that travel with turns
 * @property {ArrayBuffer} control element 0 (double) is the loop's time in milliseconds
 * @property {(commands: string) => void} flush
 * @property {(promise: any) => boolean} isPending
 * @property {(specifier: string, referrer: string) => {namespace: any, evaluation: Promise<any>}} importModule
 * @property {(value: any) => any} [inspect] looks where JavaScript cannot (Inspection)
 * @property {() => Array<{file: string, namespace: any}>} [modules] the evaluated modules
 * @property {() => any[]} [allPromises] every promise of the heap
 * @property {string} settings JSON
 * @property {(name: string) => string} acorn the text of the parser
 */

/** @type {Host} */
let host;

/**
 * Connects this isolate with its host and builds the worker's globals.
 * @param {Host} connection
 */
export function install(connection) {
  host = connection;
  connectOutbox(new NativeUint8Array(host.outgoing), host.flush);
  connectIncoming(new NativeUint8Array(host.incoming));
  connectClock(new NativeFloat64Array(host.control));
  const settings = JSONParse(host.settings);
  configureRules({
    follow: settings.follow,
    deliver: settings.deliver,
    isPending: host.isPending,
    warn: (context, text) => {
      const holder = { stack: '' };
      Error.captureStackTrace(holder);
      const stack = holder.stack;
      logWarning(context, text + stack.slice(stack.indexOf('\n')));
    },
  });
  // Off only to measure what tracking costs.
  const tracks = settings.track !== false;
  configureTransform({ loadAcorn: () => evaluateApart(host.acorn(''), 'whence:acorn.js') });
  removeUnseen(globalThis);
  installFetch(globalThis, settings);
  installCaches(globalThis, settings);
  installStackTraces(globalThis);
  installProvenance(globalThis);
  connectObjects(madeAt, answerOf);
  if (tracks) {
    installBinding(globalThis);
    installPromises(globalThis);
    trackOwners();
    // Start-up is short, and what it leaves behind is waited for later.
    recordSites(true);
  }
  defineEvents();
  installGlobals(globalThis, settings);
  if (settings.seeded === true) installChance(globalThis);
  connectKept(host, globalThis);
  connectStores(keptAt);
  connectHeap(host.allPromises);
  const asIs = (/** @type {any} */ value) => value;
  const rewritten = {
    own: tracks ? own : asIs,
    iter: tracks ? ownIterable : asIs,
    import: importDynamically,
  };
  ObjectDefineProperty(globalThis, '$whence', { value: rewritten, configurable: true });
}

function defineEvents() {
  const classes = { ExtendableEvent, FetchEvent, ScheduledEvent };
  for (const [name, value] of Object.entries(classes)) {
    ObjectDefineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}

/**
 * Serves a rewritten dynamic import. Modules belong to no request: they are evaluated outside of
 * any, once for all.
 * @param {any} specifier @param {string} referrer
 */
function importDynamically(specifier, referrer) {
  const text = `${specifier}`;
  let imported;
  try {
    imported = runInFrame(undefined, () => host.importModule(text, referrer));
  } catch (error) {
    return PromiseReject(error);
  }
  const { namespace, evaluation } = imported;
  return PromisePrototypeThen(guard(evaluation), () => namespace);
}

/**
 * Prepares a module of the worker for compilation.
 * @param {string} request name, kind, typescript (0|1), source map that came beside it or nothing, and
 *   source, separated by NUL
 * @returns {string} `c` + code, or `e` + JSON of {message, line, column}
 */
export function prepare(request) {
  const nameEnd = StringPrototypeIndexOf(request, '\0');
  const kindEnd = StringPrototypeIndexOf(request, '\0', nameEnd + 1);
  const flagEnd = StringPrototypeIndexOf(request, '\0', kindEnd + 1);
  const name = StringPrototypeSlice(request, 0, nameEnd);
  const kind = /** @type {'module' | 'script'} */ (StringPrototypeSlice(request, nameEnd + 1, kindEnd));
  const typescript = StringPrototypeSlice(request, kindEnd + 1, flagEnd) === '1';
  const mapEnd = StringPrototypeIndexOf(request, '\0', flagEnd + 1);
  const map = mapEnd === flagEnd + 1 ? undefined : StringPrototypeSlice(request, flagEnd + 1, mapEnd);
  const source = StringPrototypeSlice(request, mapEnd + 1);
  try {
    return 'c' + prepareModule(source, { name, kind, typescript, map });
  } catch (error) {
    const { message, line, column } = /** @type {any} */ (error);
    return 'e' + JSONStringify({ message, line: line ?? 0, column: column ?? 0 });
  }
}

/** Exports of a module that is data. @param {string} kind @param {ArrayBuffer} bytes */
export function dataModule(kind, bytes) {
  if (kind === 'wasm') return { default: compileWasm(bytes) };
  if (kind === 'data') return { default: bytes };
  const text = new TextDecoder().decode(bytes);
  return { default: kind === 'json' ? JSONParse(text) : text };
}

/** Exports of a `node:` module, or undefined. @param {string} name without `node:` */
export function nodeExports(name) {
  const exports = nodeModule(name);
  if (exports === undefined) return undefined;
  return { ...exports, default: exports.default ?? exports };
}

/** The worker's bindings, one object for all who look at it. @type {any} */
let env = {};

/** Sets the bindings, before the script runs. @param {string} bindings JSON of its `env` */
export function setBindings(bindings) {
  env = JSONParse(bindings);
}

/** Exports of `cloudflare:workers`. */
export function workersExports() {
  return entrypointExports(env);
}

/**
 * Takes the worker into service.
 * @param {any} namespace of its main module, or null for the service-worker format
 * @returns {{handlers: string}} JSON of the events it handles
 */
export function start(namespace) {
  if (namespace === null || namespace === undefined) {
    setWorker(null, env);
  } else {
    setWorker(namespace.default ?? {}, env);
  }
  return { handlers: JSONStringify(handledEvents()) };
}

/** Bindings of a service-worker script are globals. */
export function defineBindings() {
  const names = ObjectKeys(env);
  for (let i = 0; i < names.length; i++) {
    ObjectDefineProperty(globalThis, names[i], {
      value: env[names[i]],
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
}

/** Commands given outside of any turn (logs of the start-up). */
export function takeStartupCommands() {
  return takeCommands();
}

/** A stack text with positions in the author's files. @param {string} stack */
export function authorStack(stack) {
  return mapStack(stack);
}

/** The text of an original file that a source map brought along; '' when none did. @param {string} file */
export function originalSource(file) {
  return originalText(file) ?? '';
}

/** Remembers this realm, so that instances of the worker can follow each other in it (realm.js). */
export function rememberWorld() {
  const { crypto, caches } = /** @type {any} */ (globalThis);
  rememberRealm(globalThis, [crypto.subtle, caches.default, entrypointExports({}), ...allNodeModules()]);
}

/**
 * Makes the realm as it was for another instance of the worker.
 * @param {string} request seed, and 1 when all of the realm is to be looked at
 * @returns {string} see realm.js
 */
export function renew(request) {
  const fields = splitText(request, '\0');
  const found = fields[1] === '1' ? restoreRealm() : restoreHot();
  resetState(NativeNumber(fields[0]));
  return found;
}

/** Gives a request its own source of chance. @param {string} request number and seed */
export function giveChance(request) {
  const fields = splitText(request, '\0');
  seedRequest(NativeNumber(fields[0]), NativeNumber(fields[1]));
}

/** What is known of a hang. @param {string} request what, number, detail and brief (0|1), see explain/evidence.js */
export function explain(request) {
  const fields = splitText(request, '\0');
  return evidence(fields[0], NativeNumber(fields[1]), fields[2], fields[3] === '1');
}

/** Where a text breaks the grammar. @param {string} request kind, typescript, source @returns {string} JSON */
export function findSyntaxError(request) {
  const kindEnd = StringPrototypeIndexOf(request, '\0');
  const flagEnd = StringPrototypeIndexOf(request, '\0', kindEnd + 1);
  const kind = /** @type {import('../modules/syntax.js').Kind} */ (StringPrototypeSlice(request, 0, kindEnd));
  const typescript = StringPrototypeSlice(request, kindEnd + 1, flagEnd) === '1';
  const site = syntaxSite(StringPrototypeSlice(request, flagEnd + 1), typescript, kind);
  return JSONStringify(site ?? null);
}
