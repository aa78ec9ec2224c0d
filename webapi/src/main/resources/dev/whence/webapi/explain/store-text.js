// @ts-check
/**
 * Says in words where a value is kept. Innermost first; at most three levels, the rest as "…".
 */

import {
  JSONStringify,
  NativeString,
  StringPrototypeIncludes,
  StringPrototypeSlice,
  SymbolPrototypeToString,
} from '../core/primordials.js';

/** @typedef {import('./store.js').Step} Step */

const KEY_LENGTH = 40;
/** Elements of shorter arrays go without their index: in a queue it says nothing. */
const LONG_ARRAY = 20;
const LEVELS = 3;
/** Stands for the name of a function that has none. */
export const NAMELESS = '=>';
const UNKNOWN = { type: /** @type {'object'} */ ('object'), name: '', length: 0 };

/** The name of a property. @param {PropertyKey} key */
export function nameText(key) {
  return cut(typeof key === 'symbol' ? SymbolPrototypeToString(key) : NativeString(key), 2 * KEY_LENGTH);
}

/** The key of an entry, as it would be written; empty for an object. @param {any} key */
export function keyText(key) {
  if (key === null || key === undefined) return `${key}`;
  if (typeof key === 'string') {
    const text = JSONStringify(cut(key, KEY_LENGTH));
    return text.length <= KEY_LENGTH + 2 ? text : `${StringPrototypeSlice(text, 0, KEY_LENGTH)}…"`;
  }
  if (typeof key === 'symbol') return cut(SymbolPrototypeToString(key), KEY_LENGTH);
  if (typeof key === 'object' || typeof key === 'function') return '';
  return cut(typeof key === 'bigint' ? `${key}n` : `${key}`, KEY_LENGTH);
}

/** @param {string} text @param {number} length */
function cut(text, length) {
  return text.length <= length ? text : `${StringPrototypeSlice(text, 0, length - 1)}…`;
}

/**
 * @param {Step[]} path what `findStore` returned
 * @returns {string} completes "kept in …"
 */
export function describeStore(path) {
  return place(path, path.length - 1, LEVELS);
}

/** @param {Step | undefined} step */
function isVariable(step) {
  return step?.kind === 'module-variable' || step?.kind === 'closure-variable' || step?.kind === 'global';
}

/** @param {Step} step */
function isCode(step) {
  return step.kind === 'method' || step.kind === 'accessor' || step.kind === 'handler';
}

/** A variable of a nameless function: told by where the function that closes over it is kept. @param {Step[]} path @param {number} at */
function isClosedOver(path, at) {
  if (path[at].kind !== 'closure-variable' || path[at].site.within !== NAMELESS || at === 0) return false;
  return !isCode(path[at - 1]) && path[at - 1].kind !== 'prototype';
}

/**
 * The place that a step leads to.
 * @param {Step[]} path @param {number} at @param {number} levels left
 * @returns {string}
 */
function place(path, at, levels) {
  const step = path[at];
  if (isClosedOver(path, at)) {
    return `variable \`${step.name}\` of the function in ${place(path, at - 1, levels - 1)}`;
  }
  if (isVariable(step)) return variable(step);
  if (step.kind === 'prototype') return prototypeOf(step);
  if (isCode(step)) return code(step);
  if (step.kind === 'bound') return `what ${place(path, at - 1, levels - 1)} is bound to`;
  return `${member(step)} of ${holder(path, at, levels - 1)}`;
}

/** @param {Step} step */
function variable(step) {
  if (step.kind === 'module-variable' && step.name === 'default') return `the default export of ${step.site.file}`;
  return `${ownerless(step)} \`${step.name}\`${scopeOf(step)}`;
}

/** @param {Step} step */
function ownerless(step) {
  if (step.kind === 'module-variable') return 'module variable';
  return step.kind === 'global' ? 'global variable' : 'variable';
}

/** @param {Step} step */
function scopeOf(step) {
  if (step.kind === 'global') return '';
  if (step.kind === 'module-variable') return ` of ${step.site.file}`;
  if (step.site.within === '') return ` of a block in ${step.site.file}`;
  if (step.site.within === NAMELESS) return ` of a function in ${step.site.file}`;
  return ` of the closure \`${step.site.within}\` (${step.site.file})`;
}

/** @param {Step} step */
function member(step) {
  switch (step.kind) {
    case 'static':
      return `static property \`${step.name}\``;
    case 'private':
      return `private field \`${step.name}\``;
    case 'static-private':
      return `static private field \`${step.name}\``;
    case 'element':
      return (step.holder?.length ?? 0) > LONG_ARRAY ? `element ${step.name}` : 'an element';
    case 'map-value':
      return step.name === '' ? 'an entry' : `the entry ${step.name}`;
    case 'listener':
      return `a listener for ${step.name}`;
    case 'map-key':
      return 'a key';
    case 'set-member':
      return 'a member';
    case 'weak-value':
      return step.holder?.type === 'WeakSet' ? 'a member' : 'an entry';
    default:
      return `property \`${step.name}\``;
  }
}

/**
 * What has the member that a step names.
 * @param {Step[]} path @param {number} at @param {number} levels left
 * @returns {string}
 */
function holder(path, at, levels) {
  const { type, name } = path[at].holder ?? UNKNOWN;
  const outer = at === 0 ? undefined : path[at - 1];
  if (outer === undefined) return named(type, name, '');
  if (outer.kind === 'prototype') return prototypeOf(outer);
  if (outer.kind === 'bound') return `${named(type, name, '')} that ${place(path, at - 2, levels - 1)} is bound to`;
  if (isVariable(outer)) return inVariable(type, name, outer);
  if (type === 'class') return named(type, name, fileOf(path, at));
  if (isCode(outer)) return code(outer);
  // A single step takes no more room than "…" does.
  if (levels <= 1 && !(at > 1 && isVariable(path[at - 2]))) return shortened(path, at, type, name);
  if (type === 'instance') return `${named(type, name, '')} in ${place(path, at - 1, levels)}`;
  if (type === 'object' || type === 'function') return place(path, at - 1, levels);
  if (outer.kind === 'property' || outer.kind === 'private') {
    return `${type} \`${outer.name}\` of ${holder(path, at - 1, levels - 1)}`;
  }
  return `the ${type} in ${place(path, at - 1, levels)}`;
}

/** @param {any} type @param {string} name @param {Step} step */
function inVariable(type, name, step) {
  if (type === 'class') return named(type, name, step.site.file);
  if (type === 'instance') return `${named(type, name, '')}, in ${variable(step)}`;
  if (step.kind === 'module-variable' && step.name === 'default') return variable(step);
  return `${type} \`${step.name}\`, a ${ownerless(step)}${scopeOf(step)}`;
}

/** Leaves out what is between here and the variable. @param {Step[]} path @param {number} at @param {any} type @param {string} name */
function shortened(path, at, type, name) {
  const here = type === 'instance' ? `${named(type, name, '')} in …` : '…';
  for (let i = at - 2; i >= 0; i--) {
    if (isVariable(path[i])) return `${here}, in ${variable(path[i])}`;
  }
  return here;
}

/** @param {Step[]} path @param {number} at */
function fileOf(path, at) {
  for (let i = at - 1; i >= 0; i--) {
    if (isVariable(path[i]) || path[i].kind === 'handler') return path[i].site.file;
  }
  return '';
}

/** @param {any} type @param {string} name @param {string} file */
function named(type, name, file) {
  const where = file === '' ? '' : ` (${file})`;
  if (type === 'class') return name === '' ? `a class${where}` : `class ${name}${where}`;
  if (type === 'instance') return `${StringPrototypeIncludes('AEIOUaeiou', name[0]) ? 'an' : 'a'} ${name}`;
  return `${type === 'array' || type === 'object' ? 'an' : 'a'} ${type}`;
}

/** @param {Step} step */
function prototypeOf(step) {
  return step.name === '' ? 'a prototype' : `the prototype of class ${step.name}`;
}

/** @param {Step} step */
function code(step) {
  const where = step.site.file === '' ? '' : ` (${step.site.file})`;
  return `function \`${step.name}\`${where}`;
}
