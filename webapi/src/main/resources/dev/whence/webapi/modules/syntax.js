// @ts-check
/**
 * Parsing with acorn, which the host loads when a text first needs it.
 */

import {
  NativeError,
  RegExpPrototypeExec,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
} from '../core/primordials.js';
import { siteAt, syntaxError } from './syntax-error.js';
import { stripTypes } from './typescript.js';

/** @typedef {import('./syntax-error.js').SyntaxSite} SyntaxSite */

/**
 * What a text is: an ES module, a classic script, or the body of a CommonJS function.
 * @typedef {'module' | 'script' | 'commonjs'} Kind
 */

/**
 * Called with every node when it is complete, inner nodes first.
 * @typedef {(node: any, parser: {inAsync: boolean, inGenerator: boolean}) => void} Visitor
 */

/** @type {{loadAcorn: () => any}} */
const host = {
  loadAcorn: () => {
    throw new NativeError('configureTransform() was not called');
  },
};

/** @type {any} */
let cachedParser = null;

/** @param {{loadAcorn: () => any}} hooks `loadAcorn` returns acorn's module namespace, synchronously */
export function configureTransform(hooks) {
  host.loadAcorn = hooks.loadAcorn;
  cachedParser = null;
}

/** Acorn's parser, made to report each node. */
function visitingParser() {
  if (cachedParser !== null) return cachedParser;
  const { Parser } = host.loadAcorn();
  cachedParser = class extends Parser {
    /** @type {Visitor} */
    visitor = () => {};

    /** @param {any} node @param {string} type */
    finishNode(node, type) {
      const finished = super.finishNode(node, type);
      this.visitor(finished, /** @type {any} */ (this));
      // Nobody needs the tree: without it, a large bundle parses in half the time.
      if (type === 'BlockStatement') finished.body = [];
      return finished;
    }
  };
  return cachedParser;
}

/**
 * Parses a whole text.
 * @param {string} source
 * @param {Kind} kind
 * @param {Visitor} visitor
 * @throws {SyntaxError} with `line` and `column`
 */
export function parse(source, kind, visitor) {
  const Parser = visitingParser();
  const options = {
    ecmaVersion: 'latest',
    sourceType: kind === 'module' ? 'module' : 'script',
    allowReturnOutsideFunction: kind === 'commonjs',
    preserveParens: true,
  };
  try {
    const parser = new Parser(options, source);
    parser.visitor = visitor;
    parser.parse();
  } catch (error) {
    throw withSite(error, source);
  }
}

/**
 * Where and why a text does not parse, or null when it does: for texts that V8 refused to compile.
 * @param {string} source
 * @param {boolean} typescript
 * @param {Kind} kind
 * @returns {SyntaxSite | null}
 */
export function syntaxSite(source, typescript, kind) {
  try {
    parse(typescript ? stripTypes(source, '').code : source, kind, () => {});
  } catch (error) {
    const { message, line, column } = /** @type {any} */ (error);
    if (line === undefined) throw error;
    return { message, line, column };
  }
  return null;
}

/** @param {any} error what acorn threw @param {string} source */
function withSite(error, source) {
  if (typeof error.pos !== 'number' || typeof error.message !== 'string') {
    if (error.name !== 'RangeError') return error;
    return syntaxError({ message: 'The code is nested too deeply', line: 1, column: 1 });
  }
  const match = RegExpPrototypeExec(/^([^]*) \(\d+:\d+\)$/, error.message);
  const message = match === null ? error.message : match[1];
  return syntaxError(siteAt(source, error.pos, explain(message, source, error.pos)));
}

/**
 * Names what was unexpected, and says why where that is known.
 * @param {string} message
 * @param {string} source
 * @param {number} at
 */
function explain(message, source, at) {
  if (message !== 'Unexpected token' && !StringPrototypeStartsWith(message, 'Unexpected character')) {
    return message;
  }
  if (at >= source.length) return 'Unexpected end of input';
  const rest = StringPrototypeSlice(source, at, at + 40);
  const token = /** @type {RegExpExecArray} */ (RegExpPrototypeExec(/^(?:[\w$]+|[^])/u, rest))[0];
  const text = "Unexpected token '" + token + "'";
  if (token === '@') return text + ': decorators need a bundler, such as esbuild or wrangler';
  if (token === '<') return text + ': JSX needs a bundler, such as esbuild or wrangler';
  return text;
}
