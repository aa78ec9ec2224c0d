import { logException, logWarning } from 'whence/console/console.js';
import { LOG_LIMIT } from 'whence/core/messages.js';
import { commands, endContext, equal, install, request, turn } from './host.js';

install({ terminalLogs: true, logBytes: 262144 });

/** The message of what one call logs. */
function message(...args) {
  return turn(request(), () => console.log(...args))[0][3];
}

export function levelsAreCaptured() {
  const lines = turn(request(), () => {
    for (const level of ['debug', 'info', 'log', 'warn', 'error']) console[level]('x');
    for (const other of ['trace', 'dir', 'table', 'group', 'groupEnd', 'count', 'assert', 'time', 'timeEnd']) console[other]('x');
  });
  equal(lines.map((line) => line[2]), ['debug', 'info', 'log', 'warn', 'error']);
  equal(lines[0][3], '["x"]');
}

export function valuesAreShownAsTheirJsonOrTheirText() {
  equal(message(1, NaN, undefined, null, true, 'a"b'), '[1,null,null,null,true,"a\\"b"]');
  equal(message({ a: [1] }, Object.create(null), [undefined]), '[{"a":[1]},{},[null]]');
  equal(message(new Map(), new (class A {})(), 10n, new Error('err')), '["[object Map]","[object Object]","10","Error: err"]');
  equal(message(function f() {}), '["function f() {}"]');
  equal(message(new Date(0), { toJSON: () => 5 }), '["1970-01-01T00:00:00.000Z",5]');
  equal(message('%d is %s', 5, 'x'), '["%d is %s",5,"x"]');
}

export function whatCannotBeShownIsAnEmptyObject() {
  const cycle = {};
  cycle.self = cycle;
  const hostile = { toString() { throw new Error('no'); }, __proto__: { __proto__: null } };
  const throwing = { toJSON() { throw new Error('no'); } };
  equal(message(Symbol('s'), cycle, hostile, throwing), '[{},{},{},{}]');
  const proxy = new Proxy({}, { getPrototypeOf() { throw new Error('no'); } });
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  equal(message(proxy, revoked), '[{},{}]');
}

export function loneSurrogatesStayJson() {
  equal(message('\ud800'), '["\\ud800"]');
  equal(message('a\0b'), '["a\\u0000b"]');
}

export function errorsHaveInfo() {
  const error = new RangeError('far');
  const line = turn(request(), () => console.error('x', error))[0];
  const info = JSON.parse(line[4]);
  equal(info[0], null);
  equal([info[1].name, info[1].message], ['RangeError', 'far']);
  equal(info[1].stack, error.stack);
  equal(turn(request(), () => console.log('x'))[0][4], '');
}

export function anErrorWithThrowingGettersIsLogged() {
  const error = new Error('x');
  for (const key of ['name', 'message', 'stack']) {
    Object.defineProperty(error, key, { get() { throw new Error('no'); } });
  }
  equal(turn(request(), () => console.log(error))[0][4], '[{"name":"","message":"","stack":""}]');
}

export function terminalTextIsFormatted() {
  const line = turn(request(), () => console.log('%s is %d', 'x', 5, { b: [1, { c: { d: { e: 1 } } }] }))[0];
  equal(line[5], 'x is 5 { b: [ 1, { c: [Object] } ] }');
}

export function aThrowingInspectionMethodIsHarmless() {
  const value = { [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no'); } };
  equal(turn(request(), () => console.log('a', value))[0][5], 'a [object Object]');
}

export function startUpLogsGoToTheTerminalOnly() {
  console.log('starting', 1);
  equal(commands(), [['l', '0', 'log', '', '', 'starting 1']]);
}

export function anEndedRequestLogsNothing() {
  const context = request();
  endContext(context);
  equal(turn(context, () => console.log('x')), []);
}

export function linesAreLimited() {
  const text = 'x'.repeat(10 * 1024);
  const context = request();
  const lines = turn(context, () => {
    for (let i = 0; i < 40; i++) console.log(text);
  });
  equal(lines.pop(), ['L', String(context.id)]);
  equal(lines.length, 26);
  equal(lines[25].slice(2, 5), ['warn', JSON.stringify([LOG_LIMIT]), '']);
}

export function exceptionsHaveTheirFramesOnly() {
  const context = request();
  const [entry] = turn(context, () => logException(context, 'handler', new TypeError('a\nb')));
  equal(entry.slice(0, 5), ['!', String(context.id), 'handler', 'TypeError', 'a\nb']);
  equal(entry[5].startsWith('    at '), true);
  for (const [value, text] of [['s', 's'], [5, '5'], [undefined, 'undefined'], [{}, '[object Object]'], [Symbol('q'), 'Symbol(q)']]) {
    equal(turn(context, () => logException(context, 'async', value))[0].slice(3), ['Error', text, '']);
  }
}

export function aRenamedErrorStillHasItsFrames() {
  const context = request();
  const error = new Error('first');
  error.message = 'second';
  const entry = turn(context, () => logException(context, 'async', error))[0];
  equal([entry[4], entry[5].startsWith('    at ')], ['second', true]);
}

export function warningsAreLines() {
  const context = request();
  equal(turn(context, () => logWarning(context, 'careful'))[0].slice(2, 5), ['warn', '["careful"]', '']);
}

export function consoleSurvivesSmashedBuiltIns() {
  const saved = [Array.prototype.join, Array.prototype.map, String.prototype.replace, Object.keys, JSON.stringify];
  const bad = () => { throw new Error('smashed'); };
  let lines;
  try {
    Array.prototype.join = Array.prototype.map = String.prototype.replace = Object.keys = JSON.stringify = bad;
    lines = turn(request(), () => console.log({ a: 1 }, 'x'));
  } finally {
    [Array.prototype.join, Array.prototype.map, String.prototype.replace, Object.keys, JSON.stringify] = saved;
  }
  equal(lines[0].slice(3), ['[{"a":1},"x"]', '', '{ a: 1 } x']);
}
