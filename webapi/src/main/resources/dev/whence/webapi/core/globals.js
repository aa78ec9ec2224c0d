// @ts-check
/**
 * Makes the global object a worker's: installs what is ours, then removes all that is the engine's
 * and not a worker's business.
 */

import { ReflectOwnKeys } from './primordials.js';
import { installBlob } from '../globals/blob.js';
import { harden } from '../globals/harden.js';
import { installMisc } from '../globals/misc.js';
import { GLOBAL_NAMES, NODE_NAMES, UNSEEN_NAMES } from '../globals/names.js';
import { installWasm } from '../globals/wasm.js';
import { installClock } from '../timers/clock.js';
import { installScheduler } from '../timers/scheduler.js';
import { installTimers } from '../timers/timers.js';
import { installConsole } from '../console/console.js';
import { installCrypto } from '../crypto/crypto.js';
import { installErrors } from '../events/errors.js';
import { installNode } from '../node/compat.js';

export { GLOBAL_NAMES };

/** What the bootstrap itself still needs on the global object when the globals are installed. */
const BOOTSTRAP_NAMES = ['$whence'];

/**
 * Removes what must not even be looked at. Called first, before anything is installed in its place.
 * @param {any} scope the global object
 */
export function removeUnseen(scope) {
  for (const name of UNSEEN_NAMES) Reflect.deleteProperty(scope, name);
}

/**
 * Installs a worker's globals. Called last: names that are not a worker's are removed.
 * @param {any} scope the global object
 * @param {object} settings
 * @param {boolean} [settings.terminalLogs] lines carry a text for a terminal
 * @param {boolean} [settings.terminalColors] with colours
 * @param {number} [settings.logBytes] what one request may log, in bytes
 * @param {number} [settings.timers] how many timers a request may have at a time
 * @param {boolean} [settings.preciseClock] requests see the system's clock
 * @param {boolean} [settings.nodejsCompat] the compatibility flag nodejs_compat
 */
export function installGlobals(scope, settings) {
  installClock(scope, settings);
  installTimers(scope, settings);
  installScheduler(scope);
  installConsole(scope, settings);
  installErrors(scope);
  installCrypto(scope);
  installWasm(scope);
  installBlob(scope);
  installMisc(scope);
  harden(scope);
  const names = [...GLOBAL_NAMES, ...BOOTSTRAP_NAMES];
  if (settings.nodejsCompat === true) {
    installNode(scope);
    names.push(...NODE_NAMES);
  }
  prune(scope, new Set(names));
}

/**
 * Removes by name: reading some of these would load the engine's network parts.
 * @param {any} scope @param {Set<any>} names those that stay
 */
function prune(scope, names) {
  for (const key of ReflectOwnKeys(scope)) {
    if (!names.has(key)) Reflect.deleteProperty(scope, key);
  }
}
