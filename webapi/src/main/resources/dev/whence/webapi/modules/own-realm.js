// @ts-check
/**
 * Runs a library in a realm of its own, whose built-ins no worker can patch: a parser that a worker
 * could fool would leave its `await`s unguarded.
 */

import { nodeRequire, ReflectApply } from '../core/primordials.js';

const { createContext, Script } = nodeRequire('node:vm');
const runInContext = Script.prototype.runInContext;

/**
 * Evaluates a library in UMD or CommonJS format.
 * @param {string} text
 * @param {string} name for stack traces
 * @returns {any} its exports
 */
export function evaluateApart(text, name) {
  const exports = {};
  const context = createContext({ __proto__: null, exports, module: { exports } });
  ReflectApply(runInContext, new Script(text, { filename: name }), [context]);
  return exports;
}
