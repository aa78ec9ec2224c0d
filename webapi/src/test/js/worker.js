/**
 * Makes the realm a worker's, as the engine does it when it starts.
 */

import { install } from 'whence/core/main.js';
import { acorn, isPending } from './host.js';

/**
 * Builds the globals. Call once.
 * @param {object} [settings] of the worker
 * @param {ArrayBuffer} [control] holds the loop's time
 */
export function installWorker(settings = {}, control = new ArrayBuffer(8)) {
  install({
    outgoing: new ArrayBuffer(1 << 16),
    incoming: new ArrayBuffer(1 << 16),
    control,
    flush: () => {},
    isPending,
    importModule: () => {
      throw new Error('there are no other modules');
    },
    settings: JSON.stringify(settings),
    acorn,
  });
  // The host binds these for modules and scripts, and then removes them as well.
  delete globalThis.$whence;
}
