// @ts-check
/**
 * Finds where a value is kept: the shortest way from what a worker's code can always reach (its
 * modules, handlers and globals) to the value, through variables, properties and collections.
 *
 * A breadth-first search. Per level, what plain JavaScript can see comes first, then what only the
 * inspector sees: private fields, the variables of functions, the entries of weak collections. It runs
 * none of the worker's code: data properties only, no proxies. It gives up at a bound rather than
 * guess; what it has found is true, though a longer way may exist as well.
 */

import {
  ArrayPrototypePush,
  bareArray,
  FunctionPrototypeToString,
  isMap,
  isProxy,
  isWeakMap,
  isWeakSet,
  MapPrototypeForEach,
  NativeString,
  ObjectPrototype,
  ObjectPrototypeHasOwnProperty,
  ReflectGetPrototypeOf,
  ReflectOwnKeys,
  SafeMap,
  SafeSet,
  SetPrototypeForEach,
  StringPrototypeEndsWith,
  StringPrototypeIncludes,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
} from '../core/primordials.js';
import { boundReceiver } from '../core/bound.js';
import { keyText, NAMELESS, nameText } from './store-text.js';
import { classNameOf, dataOf, descriptorOf, holderOf, isFunction, isLeaf } from './store-values.js';

export { describeStore } from './store-text.js';

/**
 * Where the search starts. A `module` is a namespace object, whose exports are looked at; a `scope`
 * the global object, or another whose properties are globals; a `handler` any function of the worker
 * that the runtime calls; a `global` one value.
 * @typedef {object} Root
 * @property {'module' | 'scope' | 'handler' | 'global'} kind
 * @property {any} value
 * @property {string} [name] of a handler or global
 * @property {string} [file] of a module or handler
 */

/**
 * What holds the member that a step goes to.
 * @typedef {object} Holder
 * @property {'array' | 'Map' | 'Set' | 'WeakMap' | 'WeakSet' | 'object' | 'instance' | 'class' | 'function'} type
 * @property {string} name of the class or function, else empty
 * @property {number} length of an array, else 0
 */

/**
 * One step of the way. `prototype`, `method`, `accessor` and `handler` lead to code, `bound` from a
 * function to what it is bound to; the rest are
 * places where something is kept.
 * @typedef {object} Step
 * @property {'module-variable' | 'closure-variable' | 'global' | 'property' | 'static' | 'private' |
 *   'static-private' | 'listener' | 'element' | 'map-value' | 'map-key' | 'set-member' | 'weak-value' | 'prototype' |
 *   'method' | 'accessor' | 'handler' | 'bound'} kind
 * @property {string} name of the variable or member; the key of an entry as text
 * @property {Holder | null} holder of a member
 * @property {Site} site of a variable
 */

/**
 * Where a variable is.
 * @typedef {object} Site
 * @property {string} file empty for globals
 * @property {string} within the function that declares it, `NAMELESS` if that has no name; empty for
 *   a block of the module
 * @property {number} line of a function that closes over it, from 1; 0 for an export
 * @property {number} column
 */

/** @typedef {{value: any, step: Step | null, parent: Node | null}} Node */

/**
 * What `inspect` of the engine returns.
 * @typedef {object} Look
 * @property {string} [file]
 * @property {number} [line]
 * @property {number} [column]
 * @property {{description: string, object: any}[]} [scopes]
 * @property {{name: string, value: any}[]} privates
 * @property {{value: any}[]} [entries]
 */

/**
 * @typedef {object} Options
 * @property {(value: any) => boolean} [skip] what is the runtime's: not looked into
 * @property {number} [nodes] how many objects may be visited; 20,000
 * @property {number} [inspections] how often the inspector may be asked; 200
 * @property {(value: any) => any} [alias] what a value stands for: found with it as well
 * @property {(site: Site) => string} [fileName] the name to show for a file; as it is
 */

const NODES = 20_000;
const INSPECTIONS = 200;
const WEAK_COLLECTIONS = 8;
/** Of longer arrays only so many elements are looked at. */
const ELEMENTS = 10_000;
const CHAIN = 16;
/** Where the engine's event targets keep their listeners. */
const LISTENERS = 'Symbol(kEvents)';
const LISTENERS_LIMIT = 100;

/** Files with this name are the runtime's. */
const RUNTIME_FILES = 'whence:';
const NATIVE = '{ [native code] }';

/**
 * Classes of an object: nothing hidden, of the worker and with private members, one of the engine's
 * library among them, one of the runtime's among them. The greatest counts.
 * @typedef {0 | 1 | 2 | 3} Origin
 */
const PLAIN = 0;
const PRIVATE = 1;
const ENGINE = 2;
const RUNTIME = 3;

/** @type {Site} */
const NOWHERE = { file: '', within: '', line: 0, column: 0 };

/**
 * All properties are its own: a missing one would be looked up in what a worker can patch.
 * @param {any} kind @param {string} name @param {Holder | null} [holder] @param {Site} [site]
 * @returns {Step}
 */
function makeStep(kind, name, holder = null, site = NOWHERE) {
  return { kind, name, holder, site };
}

/** A data property of what may be anything. @param {any} object @param {string} name */
function memberOf(object, name) {
  return object === null || typeof object !== 'object' || isProxy(object) ? undefined : dataOf(object, name);
}

class Search {
  // All are declared: to set one that is not would look for a setter in what a worker can patch.
  /** @type {any[]} */ targets = [];
  /** @type {(value: any) => Look | undefined} */ inspect = () => undefined;
  /** @type {(value: any) => boolean} */ skip = () => false;
  /** @type {(value: any) => any} */ alias = (value) => value;
  nodes = NODES;
  inspections = INSPECTIONS;
  weak = WEAK_COLLECTIONS;
  /** @type {Node[]} */ next = bareArray();
  /** @type {Node | null} */ found = null;
  seen = new SafeSet();
  modules = new SafeSet();
  origins = new SafeMap();
  isOver = false;

  /**
   * @param {any[]} targets
   * @param {(value: any) => Look | undefined} inspect
   * @param {Options} options
   */
  constructor(targets, inspect, options) {
    this.targets = targets;
    this.inspect = inspect;
    this.skip = dataOf(options, 'skip') ?? this.skip;
    this.alias = dataOf(options, 'alias') ?? this.alias;
    this.nodes = dataOf(options, 'nodes') ?? NODES;
    this.inspections = dataOf(options, 'inspections') ?? INSPECTIONS;
  }

  /** @param {any} value @param {Step | null} step @param {Node | null} parent */
  visit(value, step, parent) {
    if (this.isOver || value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
    const other = this.alias(value);
    for (let i = 0; i < this.targets.length; i++) {
      if (this.targets[i] === value || this.targets[i] === other) {
        this.found = { value, step, parent };
        this.isOver = true;
        return;
      }
    }
    if (isLeaf(value) || this.seen.has(value)) return;
    this.seen.add(value);
    if (this.skip(value) || (typeof value === 'object' && this.originOf(value) === RUNTIME)) return;
    if (--this.nodes < 0) {
      this.isOver = true;
      return;
    }
    ArrayPrototypePush(this.next, { value, step, parent });
  }

  /** @param {any} value @returns {Look | undefined} */
  ask(value) {
    return this.inspections-- > 0 ? this.inspect(value) : undefined;
  }

  /** @param {any[]} roots */
  start(roots) {
    for (let i = 0; i < roots.length; i++) {
      /** @type {Root} */
      const root = roots[i];
      const site = { file: dataOf(root, 'file') ?? '', within: '', line: 0, column: 0 };
      if (root.kind === 'module') this.variables(root.value, 'module-variable', site, null);
      else if (root.kind === 'scope') this.variables(root.value, 'global', site, null);
      else this.visit(root.value, makeStep(root.kind, dataOf(root, 'name') ?? '', null, site), null);
    }
  }

  /** @returns {Node | null} */
  run() {
    while (this.next.length > 0 && !this.isOver) {
      const level = this.next;
      this.next = bareArray();
      for (let i = 0; i < level.length && !this.isOver; i++) this.expand(level[i]);
      for (let i = 0; i < level.length && !this.isOver; i++) this.expandPrivates(level[i]);
      for (let i = 0; i < level.length && !this.isOver; i++) this.expandFunction(level[i]);
      for (let i = 0; i < level.length && !this.isOver; i++) this.expandWeak(level[i]);
    }
    return this.found;
  }

  /** Own data properties as variables. @param {any} scope @param {any} kind @param {Site} site @param {Node | null} node */
  variables(scope, kind, site, node) {
    const keys = ReflectOwnKeys(scope);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (typeof key !== 'string' || StringPrototypeStartsWith(key, '$whence')) continue;
      const descriptor = descriptorOf(scope, key);
      if (descriptor === undefined || !ObjectPrototypeHasOwnProperty(descriptor, 'value')) continue;
      this.visit(descriptor.value, makeStep(kind, key, null, site), node);
    }
  }

  /** What plain JavaScript sees. @param {Node} node */
  expand(node) {
    const { value } = node;
    const holder = holderOf(value);
    if (holder.type === 'Map') {
      MapPrototypeForEach(value, (/** @type {any} */ entry, /** @type {any} */ key) => {
        const name = keyText(key);
        this.visit(entry, makeStep('map-value', name, holder), node);
        this.visit(key, makeStep('map-key', name, holder), node);
      });
    } else if (holder.type === 'Set') {
      SetPrototypeForEach(value, (/** @type {any} */ member) => {
        this.visit(member, makeStep('set-member', '', holder), node);
      });
    }
    if (holder.type === 'array') {
      const length = holder.length < ELEMENTS ? holder.length : ELEMENTS;
      for (let i = 0; i < length && !this.isOver; i++) {
        this.member(node, NativeString(i), 'element', holder);
      }
      if (holder.length <= ELEMENTS) this.members(node, holder);
    } else {
      this.members(node, holder);
    }
    if (typeof value === 'function') this.visit(boundReceiver(value), makeStep('bound', ''), node);
    this.visitPrototype(node);
  }

  /** @param {Node} node @param {Holder} holder */
  members(node, holder) {
    const keys = ReflectOwnKeys(node.value);
    const kind = holder.type === 'class' ? 'static' : 'property';
    for (let i = 0; i < keys.length && !this.isOver; i++) this.member(node, keys[i], kind, holder);
  }

  /** @param {Node} node @param {PropertyKey} key @param {any} kind @param {Holder} holder */
  member(node, key, kind, holder) {
    const descriptor = descriptorOf(node.value, key);
    if (descriptor === undefined) return;
    const name = nameText(key);
    if (name === LISTENERS && isMap(descriptor.value)) {
      this.listeners(node, descriptor.value, holder);
      return;
    }
    if (!ObjectPrototypeHasOwnProperty(descriptor, 'value')) {
      // Own members of an accessor's descriptor; only the functions are looked at.
      this.visit(descriptor.get, makeStep('accessor', name), node);
      this.visit(descriptor.set, makeStep('accessor', name), node);
      return;
    }
    if (typeof node.value === 'function' && key === 'prototype') {
      this.visit(descriptor.value, makeStep('prototype', holder.name), node);
    } else {
      this.visit(descriptor.value, makeStep(kind, name, holder), node);
    }
  }

  /**
   * The engine's event targets keep their listeners in lists, by type.
   * @param {Node} node @param {Map<any, any>} lists @param {Holder} holder
   */
  listeners(node, lists, holder) {
    MapPrototypeForEach(lists, (/** @type {any} */ list, /** @type {any} */ type) => {
      const name = keyText(type);
      let entry = memberOf(list, 'next');
      for (let i = 0; i < LISTENERS_LIMIT && entry !== undefined; i++) {
        this.visit(memberOf(entry, 'listener'), makeStep('listener', name, holder), node);
        entry = memberOf(entry, 'next');
      }
    });
  }

  /** The methods of a class lead to the variables around it. @param {Node} node */
  visitPrototype(node) {
    const prototype = ReflectGetPrototypeOf(node.value);
    if (prototype === null || prototype === ObjectPrototype) return;
    this.visit(prototype, makeStep('prototype', classNameOf(prototype)), node);
  }

  /** @param {Node} node */
  expandPrivates(node) {
    const { value } = node;
    if (typeof value === 'function' || this.originOf(value) !== PRIVATE) return;
    this.visitPrivates(this.ask(value), 'private', holderOf(value), node);
  }

  /** @param {Look | undefined} look @param {any} kind @param {Holder} holder @param {Node} node */
  visitPrivates(look, kind, holder, node) {
    if (look === undefined) return;
    for (let i = 0; i < look.privates.length; i++) {
      const { name, value } = look.privates[i];
      this.visit(value, makeStep(kind, name, holder), node);
    }
  }

  /**
   * Whose classes an object is of. Those of the runtime lead to every request.
   * @param {any} object
   * @returns {Origin}
   */
  originOf(object) {
    const first = ReflectGetPrototypeOf(object);
    if (first === null || first === ObjectPrototype) return PLAIN;
    const known = this.origins.get(first);
    if (known !== undefined) return known;
    /** @type {Origin} */
    let result = PLAIN;
    /** @type {any} */
    let prototype = first;
    for (let i = 0; i < CHAIN && prototype !== null && prototype !== ObjectPrototype; i++) {
      const origin = this.classOrigin(prototype);
      if (origin > result) result = origin;
      prototype = isProxy(prototype) ? null : ReflectGetPrototypeOf(prototype);
    }
    this.origins.set(first, result);
    return result;
  }

  /** @param {any} prototype @returns {Origin} */
  classOrigin(prototype) {
    if (isProxy(prototype)) return ENGINE;
    const constructor = dataOf(prototype, 'constructor');
    if (!isFunction(constructor)) return PLAIN;
    const text = FunctionPrototypeToString(constructor);
    if (StringPrototypeEndsWith(text, NATIVE)) return PLAIN;
    const file = this.ask(constructor)?.file ?? RUNTIME_FILES;
    if (StringPrototypeStartsWith(file, RUNTIME_FILES)) return RUNTIME;
    if (file === '') return ENGINE;
    return StringPrototypeIncludes(text, '#') ? PRIVATE : PLAIN;
  }

  /** What a function closes over. @param {Node} node */
  expandFunction(node) {
    if (typeof node.value !== 'function') return;
    const look = this.ask(node.value);
    if (look === undefined || look.scopes === undefined) return;
    const { file = '', line = 0, column = 0, scopes } = look;
    if (file === '' || StringPrototypeStartsWith(file, RUNTIME_FILES)) return;
    for (let i = 0; i < scopes.length; i++) {
      const { description, object } = scopes[i];
      if (object === null || typeof object !== 'object' || isProxy(object)) continue;
      if (description === 'Module') {
        if (this.modules.has(file)) continue;
        this.modules.add(file);
        this.variables(object, 'module-variable', { file, within: '', line, column }, node);
      } else if (description === 'Script') {
        this.variables(object, 'global', NOWHERE, node);
      } else if (description !== 'Global') {
        const within = description === 'Closure' ? NAMELESS : functionOf(description);
        this.variables(object, 'closure-variable', { file, within, line, column }, node);
      }
    }
    this.visitPrivates(look, 'static-private', holderOf(node.value), node);
  }

  /** @param {Node} node */
  expandWeak(node) {
    if ((!isWeakMap(node.value) && !isWeakSet(node.value)) || this.weak-- <= 0) return;
    const entries = this.ask(node.value)?.entries;
    if (entries === undefined) return;
    const holder = holderOf(node.value);
    for (let i = 0; i < entries.length && i < ELEMENTS; i++) {
      this.visit(entries[i].value, makeStep('weak-value', '', holder), node);
    }
  }
}

/** `memoize` of `Closure (memoize)`. @param {string} description */
function functionOf(description) {
  const open = StringPrototypeIndexOf(description, ' (');
  if (open < 0 || !StringPrototypeEndsWith(description, ')')) return '';
  return StringPrototypeSlice(description, open + 2, description.length - 1);
}

/**
 * Searches for the nearest place where one of the targets is kept.
 *
 * To be called when no microtask is queued, or from within one: the inspector lets them run.
 * @param {any[]} targets promises, resolving functions or other objects, told apart by identity
 * @param {Root[]} roots the earlier ones are preferred
 * @param {(value: any) => Look | undefined} inspect the engine's
 * @param {Options} [options]
 * @returns {Step[] | null} from the outside in; null when nothing was found within the bounds
 */
export function findStore(targets, roots, inspect, options = {}) {
  const search = new Search(targets, inspect, options);
  search.start(roots);
  let node = search.run();
  if (node === null) return null;
  /** @type {Step[]} */
  const reversed = bareArray();
  for (; node !== null; node = node.parent) {
    if (node.step !== null) ArrayPrototypePush(reversed, node.step);
  }
  /** @type {Step[]} */
  const steps = bareArray();
  /** @type {((site: Site) => string) | undefined} */
  const fileName = dataOf(options, 'fileName');
  for (let i = reversed.length - 1; i >= 0; i--) {
    const { kind, name, holder, site } = reversed[i];
    const { file, within, line, column } = site;
    const shown = fileName === undefined || file === '' ? file : fileName(site);
    ArrayPrototypePush(steps, makeStep(kind, name, holder, { file: shown, within, line, column }));
  }
  return steps;
}
