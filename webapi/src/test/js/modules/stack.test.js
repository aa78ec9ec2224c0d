/** `error.stack` of rewritten code: the author's columns, no frames of the runtime. */
import '../host.js';
import { nodeRequire } from 'whence/core/primordials.js';
import {
  mapStack,
  originalPosition,
  registerEdits,
  registerSourceMap,
} from 'whence/modules/positions.js';
import { installStackTraces } from 'whence/modules/stack.js';
import { transform } from 'whence/modules/transform.js';

const { runInThisContext } = nodeRequire('node:vm');

installStackTraces(globalThis);

let count = 0;

/**
 * Runs a script as the worker's loader would.
 * @param {string} source
 * @param {{typescript?: boolean, name?: string}} [options]
 */
function load(source, { typescript = false, name = `stack-${++count}.js` } = {}) {
  const { code, edits, map } = transform(source, { name, kind: 'script', typescript });
  registerEdits(name, edits, map);
  globalThis.own = (value) => value;
  const bound = code.replaceAll('$whence_own', '        own');
  return { name, value: runInThisContext(bound, { filename: name }) };
}

/** @param {unknown} actual @param {unknown} expected */
function equals(actual, expected) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`got      ${a}\n  expected ${b}`);
}

/** The frames that lie in the named file. @param {string} stack @param {string} name */
function frames(stack, name) {
  return stack.split('\n    at ').filter((frame) => frame.includes(name)).map((frame) => frame.replace(name, 'f'));
}

export async function reportsTheColumnsOfTheAuthor() {
  const { name, value } = load(`(async function outer() {
  await null; await (0, 1); try { await inner(await 5, new Error('why')) } catch (e) { return e }
  async function inner(a, b) { await (async () => {})(); throw await new Error('here') }
})`);
  const error = await value();
  equals(error.stack.split('\n')[0], 'Error: here');
  equals(frames(error.stack, name), ['inner (f:3:70)', 'async outer (f:2:35)']);
}

export async function findsPlacesBeforeInsideAndAfterInsertions() {
  const source = 'a; await b; c\r\n\u2028await d; await (e, f)';
  const { code, edits } = transform(source, { name: 'p.js', kind: 'module' });
  registerEdits('p.js', edits);
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  const rewritten = code.split(/\r\n|[\n\r\u2028\u2029]/);
  for (const [line, letters] of [[1, 'abc'], [3, 'def']]) {
    for (const letter of letters) {
      const at = rewritten[line - 1].search(new RegExp(`\\b${letter}\\b`)) + 1;
      const expected = lines[line - 1].search(new RegExp(`\\b${letter}\\b`)) + 1;
      equals(originalPosition('p.js', line, at), { line, column: expected });
    }
  }
  const inside = rewritten[0].indexOf('_own') + 1;
  // It stands for the `await` before the operand.
  equals(originalPosition('p.js', 1, inside), { line: 1, column: lines[0].indexOf('await') + 1 });
  equals(originalPosition('unknown.js', 7, 8), { line: 7, column: 8 });
}

export async function mapsCompiledTypeScript() {
  const { name, value } = load(
    'enum Colour { Red, Green }\n\n  (async (c: Colour) => { await c;\n throw new Error(Colour[c]) })',
    { typescript: true, name: 'colour.ts' },
  );
  const error = await value(1).catch((thrown) => thrown);
  equals(error.message, 'Green');
  equals(frames(error.stack, name), ['f:4:8']);
}

export async function keepsPositionsOfStrippedTypeScript() {
  const { name, value } = load(
    '(async (text: string, other?: Map<string, number>): Promise<void> => { await (text as string); throw new Error(text!) })',
    { typescript: true },
  );
  const error = await value('x').catch((thrown) => thrown);
  equals(frames(error.stack, name), ['f:1:102']);
}

export async function hidesFramesOfTheRuntime() {
  const host = runInThisContext('(f) => f()', { filename: 'whence:core/dispatch.js' });
  const { name, value } = load('(host) => [1].map(() => host(function user() { return new Error("x") }))[0]');
  const stack = value(host).stack;
  if (/whence:|node:/.test(stack)) throw new Error(stack);
  equals(stack.split('\n    at ').slice(0, 4).map((frame) => frame.replace(name, 'f')), [
    'Error: x', 'user (f:1:55)', 'f:1:25', 'Array.map (<anonymous>)',
  ]);
}

export async function looksUntouchedToTheWorker() {
  equals(Error.prepareStackTrace, undefined);
  equals(Object.keys(Error).includes('prepareStackTrace'), false);
  const mine = (error, sites) => sites;
  Error.prepareStackTrace = mine;
  equals(Error.prepareStackTrace === mine, true);
  equals(Array.isArray(new Error().stack), true);
  Error.prepareStackTrace = undefined;
  equals(typeof new Error().stack, 'string');
  class Own extends Error {}
  Own.prepareStackTrace = () => 'mine';
  equals(Own.prepareStackTrace(), 'mine');
  equals(Error.prepareStackTrace, undefined);
  equals(typeof new Own().stack, 'string');
}

export async function givesMappedCallSitesToTheWorkersFormatter() {
  const { name, value } = load(`(async function outer() {
  await null; const before = Error.prepareStackTrace; Error.prepareStackTrace = (e, sites) => [e.message, ...sites];
  try { await null; return new Error('seen').stack } finally { Error.prepareStackTrace = before }
})`);
  const [message, site] = await value();
  equals(message, 'seen');
  equals([site.getFileName(), site.getLineNumber(), site.getColumnNumber()], [name, 3, 28]);
  equals([site.getFunctionName(), site.isConstructor(), site.isEval(), site.isNative()], ['outer', false, false, false]);
  equals(String(site), `outer (${name}:3:28)`);
  equals(Object.keys(site), []);
  for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(site))) {
    if (method !== 'constructor') site[method]();
  }
}

export async function passesOnWhatTheWorkersFormatterThrows() {
  Error.prepareStackTrace = () => {
    throw 'mine';
  };
  let thrown;
  try {
    void new Error().stack;
  } catch (error) {
    thrown = error;
  } finally {
    Error.prepareStackTrace = undefined;
  }
  equals(thrown, 'mine');
}

export async function survivesHostileErrors() {
  const hostile = new Error('x');
  Object.defineProperty(hostile, 'name', { get() { throw new Error('no name'); } });
  equals(hostile.stack.split('\n')[0], '<error: Error: no name>');
  const object = { name: 'N', message: 'm' };
  Error.captureStackTrace(object);
  equals(object.stack.split('\n')[0], 'N: m');
  const proto = Object.create(null);
  Error.captureStackTrace(proto);
  equals(proto.stack.split('\n')[0], 'Error');
}

export async function respectsStackTraceLimit() {
  const limit = Error.stackTraceLimit;
  try {
    for (const value of [0, 1, 3]) {
      Error.stackTraceLimit = value;
      const deep = (n) => (n === 0 ? new Error('x') : deep(n - 1));
      equals(deep(9).stack.split('\n').length, value + 1);
      equals(Error.stackTraceLimit, value);
    }
    Error.stackTraceLimit = 'none';
    equals(new Error('x').stack, undefined);
    delete Error.stackTraceLimit;
    equals(new Error('x').stack, undefined);
    equals('stackTraceLimit' in Error, false);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

export async function worksWhenTheWorkerFreezesTheLimit() {
  const { name, value } = load('(async () => { await null; return new Error("x") })');
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  Object.defineProperty(Error, 'stackTraceLimit', { ...descriptor, writable: false });
  try {
    equals(frames((await value()).stack, name), ['f:1:35']);
    equals(Error.prepareStackTrace, undefined);
  } finally {
    Object.defineProperty(Error, 'stackTraceLimit', descriptor);
  }
}

export async function worksWhileBuiltInsAreSmashed() {
  const { name, value } = load('(async () => { await null; const e = new Error("x"); return [await e][0].stack })');
  const kept = [[Array.prototype, 'push'], [String.prototype, 'endsWith'], [String.prototype, 'slice'],
    [Error.prototype, 'toString'], [Map.prototype, 'get'], [Array.prototype, Symbol.iterator]];
  const before = kept.map(([holder, key]) => holder[key]);
  let stack;
  try {
    for (let i = 0; i < kept.length; i++) kept[i][0][kept[i][1]] = () => { throw new Error('smashed'); };
    stack = await value();
  } finally {
    for (let i = 0; i < kept.length; i++) kept[i][0][kept[i][1]] = before[i];
  }
  equals(frames(stack, name), ['f:1:38']);
}

export async function mapsStacksThroughInlineMaps() {
  const map = { version: 3, sources: ['../src/a.ts', './b.ts', 'webpack://x/c.ts'], names: [], mappings: 'AAAA;AACA,SCAA;;ACFA' };
  const url = 'data:application/json;charset=utf-8;base64,' + btoa(JSON.stringify(map));
  registerSourceMap('dist/worker.js', `code\n//# sourceMappingURL=${url}\n`);
  registerSourceMap('plain.js', 'code');
  registerSourceMap('beside.js', 'code\n//# sourceMappingURL=beside.js.map', JSON.stringify(map));
  const stack = [
    'Error: at foo (dist/worker.js:1:1)',
    '    at foo (dist/worker.js:1:5)',
    '    at async Promise.all (index 0)',
    '    at async dist/worker.js:2:3',
    '    at new A.b [as c] (dist/worker.js:2:12)',
    '    at dist/worker.js:3:1',
    '    at dist/worker.js:4:9',
    '    at plain.js:1:1',
    '    at beside.js:1:1',
  ];
  equals(mapStack(stack.join('\n')).split('\n'), [
    stack[0],
    '    at foo (src/a.ts:1:1)',
    stack[2],
    '    at async src/a.ts:2:1',
    '    at new A.b [as c] (dist/b.ts:2:1)',
    stack[5],
    '    at webpack://x/c.ts:-1:1'.replace('-1', '0'),
    stack[7],
    '    at ../src/a.ts:1:1',
  ]);
}
