/**
 * What the runner gives tests of the engine's host: acorn's text, and a look at a promise's state.
 * It is taken from the global object before anything is installed there.
 */

import { configureTransform } from 'whence/modules/syntax.js';
import { evaluateApart } from 'whence/modules/own-realm.js';

export const { acorn, isPending } = globalThis.testHost;
delete globalThis.testHost;

configureTransform({ loadAcorn: () => evaluateApart(acorn(''), 'whence:acorn.js') });
