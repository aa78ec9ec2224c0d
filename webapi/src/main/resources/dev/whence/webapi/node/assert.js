// @ts-check
/**
 * `node:assert`. The engine's `ok` would read the failing line from the host's files.
 */

import { nodeRequire, ObjectAssign } from '../core/primordials.js';

const PLAIN = [
  'AssertionError', 'deepEqual', 'deepStrictEqual', 'doesNotMatch', 'doesNotReject',
  'doesNotThrow', 'equal', 'fail', 'ifError', 'match', 'notDeepEqual', 'notDeepStrictEqual',
  'notEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'rejects', 'strictEqual', 'throws',
];
/** What the strict form has in place of the loose ones. */
const STRICT = {
  deepEqual: 'deepStrictEqual',
  equal: 'strictEqual',
  notDeepEqual: 'notDeepStrictEqual',
  notEqual: 'notStrictEqual',
};

/** @param {any} node */
function makeAssert(node) {
  const { AssertionError } = node;
  /** @param {any} value @param {any} [message] */
  function ok(value, message) {
    if (value) return;
    if (message instanceof Error) throw message;
    throw new AssertionError({
      message: message ?? 'The expression evaluated to a falsy value',
      actual: value,
      expected: true,
      operator: '==',
      stackStartFn: ok,
    });
  }
  /** @param {any} value @param {any} [message] */
  const assert = (value, message) => ok(value, message);
  for (const name of PLAIN) {
    if (node[name] !== undefined) /** @type {any} */ (assert)[name] = node[name];
  }
  return ObjectAssign(assert, { ok });
}

/** Exports of `node:assert`. */
export function assertModule() {
  const node = nodeRequire('node:assert');
  /** @type {any} */
  const assert = makeAssert(node);
  /** @type {any} */
  const strict = makeAssert(node);
  for (const [loose, name] of Object.entries(STRICT)) strict[loose] = node[name];
  assert.strict = strict;
  strict.strict = strict;
  return assert;
}
