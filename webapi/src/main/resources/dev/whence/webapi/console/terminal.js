// @ts-check
/**
 * The arguments of one console call as a terminal shows them (workers-semantics.md, 9.5).
 */

import { nodeRequire, ObjectFreeze, ReflectApply } from '../core/primordials.js';
import { textOf } from './describe.js';

const util = nodeRequire('node:util');
const formatWithOptions = util.formatWithOptions;

/**
 * All options are given: a worker's own inspection methods could change the defaults.
 * @type {object}
 */
let options;

/** @param {boolean} colors */
export function configureTerminal(colors) {
  options = ObjectFreeze({
    __proto__: null,
    breakLength: 80,
    colors,
    compact: 3,
    customInspect: true,
    depth: 2,
    getters: false,
    maxArrayLength: 100,
    maxStringLength: 10000,
    numericSeparator: false,
    showHidden: false,
    showProxy: false,
    sorted: false,
  });
  // Such methods get `inspect` as an argument, which belongs to the whole isolate.
  ObjectFreeze(util.inspect.colors);
  ObjectFreeze(util.inspect.styles);
  ObjectFreeze(util.inspect);
}

/** @param {any[]} args @returns {string} without the final newline */
export function terminalText(args) {
  try {
    /** @type {any[]} */
    const all = [options];
    for (let i = 0; i < args.length; i++) all[i + 1] = args[i];
    return ReflectApply(formatWithOptions, undefined, all);
  } catch {
    // A method for custom inspection threw.
    let text = '';
    for (let i = 0; i < args.length; i++) text += (i === 0 ? '' : ' ') + textOf(args[i]);
    return text;
  }
}
