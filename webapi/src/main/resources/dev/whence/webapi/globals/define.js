// @ts-check
/**
 * Defines globals of a worker. Used at start-up only.
 */

import { ObjectDefineProperty } from '../core/primordials.js';

/**
 * Defines a global, unseen: where the engine would make the old value when it is first looked at,
 * also a mere redefinition would look, and load whole parts of the engine.
 * @param {any} scope the global object
 * @param {string} name
 * @param {any} value
 */
export function defineGlobal(scope, name, value) {
  Reflect.deleteProperty(scope, name);
  ObjectDefineProperty(scope, name, {
    value,
    writable: true,
    enumerable: isInstance(name),
    configurable: true,
  });
}

/** Classes are not enumerable, functions and objects of the platform are. @param {string} name */
function isInstance(name) {
  return name[0] >= 'a';
}

/**
 * Defines functions as globals.
 * @param {any} scope the global object
 * @param {Record<string, Function>} functions by name
 */
export function defineFunctions(scope, functions) {
  for (const name of Object.keys(functions)) defineGlobal(scope, name, functions[name]);
}
