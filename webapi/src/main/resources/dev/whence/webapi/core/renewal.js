// @ts-check
/**
 * The state of the runtime that outlives an instance of the worker and that no property shows
 * (see realm.js): put back to what it is at start-up.
 */

import { RegExpPrototypeExec } from './primordials.js';
import { seedChance } from './chance.js';
import { resetTokens } from './context.js';
import { recordSites } from './following.js';
import { resetAnnounced } from './provenance.js';
import { keepLinks } from './stamp.js';
import { clearStore } from '../cache/store.js';
import { clearGlobalListeners } from '../events/global-target.js';
import { resetFormatter } from '../modules/stack.js';
import { clearChannels } from '../node/diagnostics-channel.js';
import { resetTimerIds } from '../timers/timers.js';

/** @param {number} seed of the new instance's chance */
export function resetState(seed) {
  resetTokens();
  resetTimerIds();
  resetAnnounced();
  clearStore();
  clearGlobalListeners();
  clearChannels();
  resetFormatter();
  keepLinks();
  // Start-up keeps sites, as in any isolate.
  recordSites(true);
  seedChance(seed);
  // `RegExp.$1` and its like tell of the last match.
  RegExpPrototypeExec(/(?:)/, '');
}
