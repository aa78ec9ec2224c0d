// @ts-check
/**
 * Everything that happens to a module's text before it is compiled.
 */

import { registerEdits, registerSourceMap } from './positions.js';
import { transform } from './transform.js';

/**
 * Rewrites a module and remembers where its code came from, for stack traces.
 * @param {string} source
 * @param {{name: string, kind: import('./syntax.js').Kind, typescript?: boolean, map?: string}} options
 *   `name` as it will stand in stack traces; `map` is a source map (JSON) that came beside the file
 * @returns {string} what to compile
 * @throws {SyntaxError} with `line` and `column` when the text does not parse
 */
export function prepareModule(source, options) {
  const { code, edits, map } = transform(source, options);
  registerEdits(options.name, edits, map);
  registerSourceMap(options.name, source, options.map);
  return code;
}
