// @ts-check
/**
 * Rewrites worker code when it is loaded, so that a request that waits asks for leave first:
 *
 *   await x                    await $whence_own(x)
 *   for await (a of x)         for await (a of $whence_iter(x))
 *   return x, async () => x    return $whence_own(x), async () => $whence_own(x)   in async code
 *   yield x                    yield $whence_own(x)                          in async generators
 *   yield* x                   yield* $whence_iter(x)                        in async generators
 *   import(x)                  $whence_import(x, "name of this module")
 *
 * Every change is an insertion without a newline, so lines stay and columns can be computed back
 * (positions.js). The sites are noted while acorn parses: there is no second walk over the tree.
 * The three names are lexical constants of the global scope, so they are not on `globalThis`; code
 * that could shadow them is refused.
 */

import {
  ArrayPrototypePush,
  ArrayPrototypeSort,
  JSONStringify,
  RegExpPrototypeExec,
  StringPrototypeIncludes,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
} from '../core/primordials.js';
import { locateEdits } from './positions.js';
import { parse } from './syntax.js';
import { siteAt, syntaxError } from './syntax-error.js';
import { stripTypes } from './typescript.js';

/** Prefix of the names that rewritten code calls. */
const RESERVED = '$whence_';
const OWN = RESERVED + 'own(';
const ITERATE = RESERVED + 'iter(';
const RESERVED_NAME = 'Names that begin with $whence_ are reserved for the runtime';

/** Text that may hold a dynamic import; `async` is looked for first. */
const MAY_IMPORT = /\bimport\s*[(/]/;
const WORD = /[a-z]/;
/** A Unicode escape outside strings could spell a reserved name. */
const ESCAPE = '\\u';

/** @typedef {import('./syntax.js').Kind} Kind */

/**
 * @typedef {{at: number, text: string, rank: number, origin: number}} Insertion `origin` is the place that
 *   a position within it stands for
 * @typedef {object} Transformed
 * @property {string} code what to compile
 * @property {number[]} edits for positions.js: line, column, length and origin of each insertion
 * @property {string} [map] a source map (JSON) from the rewritten TypeScript to the author's file;
 *   absent when the types were only blanked out
 */

/**
 * Rewrites one source text. Pure; cheap when there is nothing to rewrite.
 * @param {string} source
 * @param {{name: string, kind: Kind, typescript?: boolean}} options `name` is the module's, as its
 *   imports are resolved against
 * @returns {Transformed}
 * @throws {SyntaxError} with `line` and `column` (see syntax-error.js) when the text does not parse
 */
export function transform(source, { name, kind, typescript }) {
  if (!typescript) return rewrite(source, name, kind);
  const stripped = stripTypes(source, name);
  const result = rewrite(stripped.code, name, kind);
  if (stripped.map !== undefined) result.map = stripped.map;
  return result;
}

/** @param {string} source @param {string} name @param {Kind} kind @returns {Transformed} */
function rewrite(source, name, kind) {
  const reserved = StringPrototypeIndexOf(source, RESERVED);
  if (reserved >= 0) throw syntaxError(siteAt(source, reserved, RESERVED_NAME));
  if (
    !StringPrototypeIncludes(source, 'await') &&
    !StringPrototypeIncludes(source, 'async') &&
    RegExpPrototypeExec(MAY_IMPORT, source) === null
  ) {
    return { code: source, edits: [] };
  }
  const insertions = findInsertions(source, name, kind);
  if (insertions.length === 0) return { code: source, edits: [] };
  return { code: insert(source, insertions), edits: locateEdits(source, insertions) };
}

/**
 * Parses and notes what to insert, in the order of the text.
 * @param {string} source
 * @param {string} name
 * @param {Kind} kind
 */
function findInsertions(source, name, kind) {
  /** @type {Insertion[]} */
  const insertions = [];
  const importSuffix = ', ' + JSONStringify(name);

  /** An inner node is finished before an outer one: at the same place the outer opens first. */
  const open = (/** @type {number} */ at, /** @type {string} */ text, origin = at) =>
    ArrayPrototypePush(insertions, { at, text, rank: -insertions.length, origin });
  /** And the inner closes first. */
  const close = (/** @type {number} */ at, /** @type {string} */ text) =>
    ArrayPrototypePush(insertions, { at, text, rank: insertions.length, origin: at });
  const wrap = (/** @type {any} */ node, /** @type {string} */ call, origin = node.start) => {
    const isSequence = node.type === 'SequenceExpression';
    // Minified code has `await(…)` and `return"…"`, where the keyword would become part of the name.
    const gap = RegExpPrototypeExec(WORD, source[node.start - 1]) === null ? '' : ' ';
    open(node.start, isSequence ? gap + call + '(' : gap + call, origin);
    close(node.end, isSequence ? '))' : ')');
  };

  const checkNames = StringPrototypeIncludes(source, ESCAPE);
  /** @param {any} node @param {any} parser */
  const visit = (node, parser) => {
    switch (node.type) {
      case 'AwaitExpression':
        if (mayBePromise(node.argument)) wrap(node.argument, OWN, node.start);
        break;
      case 'ForOfStatement':
        if (node.await) wrap(node.right, ITERATE);
        break;
      case 'YieldExpression':
        if (node.argument === null || !parser.inAsync) break;
        if (node.delegate) wrap(node.argument, ITERATE);
        else if (mayBePromise(node.argument)) wrap(node.argument, OWN, node.start);
        break;
      case 'ReturnStatement':
        if (node.argument === null || !parser.inAsync) break;
        if (mayBePromise(node.argument)) wrap(node.argument, OWN, node.start);
        break;
      case 'ArrowFunctionExpression':
        if (node.async && node.expression && mayBePromise(node.body)) wrap(node.body, OWN);
        break;
      case 'ImportExpression':
        open(node.start, RESERVED);
        close(node.source.end, importSuffix);
        break;
      case 'WithStatement':
        refuseInside(source, node, insertions);
        break;
      case 'Identifier':
      case 'PrivateIdentifier':
        if (checkNames && StringPrototypeStartsWith(node.name, RESERVED)) {
          throw syntaxError(siteAt(source, node.start, RESERVED_NAME));
        }
        break;
    }
  };
  parse(source, kind, visit);
  return ArrayPrototypeSort(
    insertions,
    (/** @type {Insertion} */ a, /** @type {Insertion} */ b) => a.at - b.at || a.rank - b.rank,
  );
}

/**
 * The object of a `with` could shadow what the rewritten code calls.
 * @param {string} source
 * @param {any} node
 * @param {Insertion[]} insertions
 */
function refuseInside(source, node, insertions) {
  for (let i = 0; i < insertions.length; i++) {
    if (insertions[i].at < node.body.start) continue;
    throw syntaxError(siteAt(source, node.start, '`with` around asynchronous code is not supported'));
  }
}

/** False for operands that are plain to see: what they yield is never a promise. @param {any} node */
function mayBePromise(node) {
  let operand = node;
  while (operand.type === 'ParenthesizedExpression') operand = operand.expression;
  switch (operand.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'UnaryExpression':
    case 'UpdateExpression':
    case 'AwaitExpression':
    case 'BinaryExpression':
      return false;
    default:
      return true;
  }
}

/** @param {string} source @param {Insertion[]} insertions sorted */
function insert(source, insertions) {
  let code = '';
  let from = 0;
  for (let i = 0; i < insertions.length; i++) {
    const { at, text } = insertions[i];
    code += StringPrototypeSlice(source, from, at) + text;
    from = at;
  }
  return code + StringPrototypeSlice(source, from);
}
