/** Source maps: decoding, look-up, broken ones. */
import { functionName, registerSourceMap } from 'whence/modules/mapped-stack.js';
import { decodeBase64, SourceMap } from 'whence/modules/source-map.js';

/** @param {unknown} actual @param {unknown} expected */
function equals(actual, expected) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`got ${a}\n  expected ${b}`);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @param {number} value */
function vlq(value) {
  let rest = value < 0 ? -value * 2 + 1 : value * 2;
  let text = '';
  do {
    const digit = rest % 32;
    rest = Math.floor(rest / 32);
    text += ALPHABET[rest > 0 ? digit + 32 : digit];
  } while (rest > 0);
  return text;
}

/** Mappings of [line, column, source, originalLine, originalColumn], all from 0, sorted. */
function encode(segments) {
  const last = [0, 0, 0, 0];
  let line = 0;
  let text = '';
  for (const [at, column, ...original] of segments) {
    const isNewLine = at > line;
    for (; line < at; line++) text += ';';
    if (isNewLine) last[0] = 0;
    else if (text !== '' && !text.endsWith(';')) text += ',';
    const fields = [column, ...original];
    text += fields.map((field, i) => vlq(field - last[i])).join('');
    fields.forEach((field, i) => (last[i] = field));
  }
  return text;
}

function map(segments, more = {}) {
  return new SourceMap(JSON.stringify({ version: 3, sources: ['a', 'b'], mappings: encode(segments), ...more }));
}

export async function findsTheNearestSegmentBefore() {
  const found = map([[0, 0, 0, 5, 7], [0, 10, 1, 100000, 3], [0, 20], [2, 4, 0, 1, 2]]);
  equals(found.find(1, 1), { source: 'a', line: 6, column: 8 });
  equals(found.find(1, 10), { source: 'a', line: 6, column: 8 });
  equals(found.find(1, 11), { source: 'b', line: 100001, column: 4 });
  equals(found.find(1, 21), null);
  equals(found.find(2, 1), null);
  equals(found.find(3, 4), null);
  equals(found.find(3, 999), { source: 'a', line: 2, column: 3 });
  equals(found.find(9, 1), null);
}

export async function joinsTheSourceRoot() {
  equals(map([[0, 0, 0, 0, 0]], { sourceRoot: 'x/y' }).find(1, 1).source, 'x/y/a');
  equals(map([[0, 0, 0, 0, 0]], { sourceRoot: 'x/' }).find(1, 1).source, 'x/a');
  equals(map([[0, 0, 0, 0, 0]], { sourceRoot: '' }).find(1, 1).source, 'a');
}

export async function readsSections() {
  const section = (line, column, source) => ({
    offset: { line, column },
    map: { version: 3, sources: [source], mappings: encode([[0, 0, 0, 0, 0], [1, 0, 0, 1, 0]]) },
  });
  const found = new SourceMap(JSON.stringify({ version: 3, sections: [section(0, 0, 'first'), section(1, 50, 'second')] }));
  equals(found.find(1, 1).source, 'first');
  equals(found.find(2, 50), { source: 'first', line: 2, column: 1 });
  equals(found.find(2, 51), { source: 'second', line: 1, column: 1 });
  equals(found.find(3, 1), { source: 'second', line: 2, column: 1 });
}

export async function readsDataUrls() {
  const json = JSON.stringify({ version: 3, sources: ['\u00fc.ts'], mappings: 'AAAA' });
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(json)));
  equals(decodeBase64(base64), json);
  equals(new SourceMap('data:application/json;charset=utf-8;base64,' + base64).find(1, 1).source, '\u00fc.ts');
}

export async function brokenMapsMapNothing() {
  for (const text of ['', '{', '{}', '{"version":3,"sources":["a"],"mappings":"A!"}', '[]', 'null',
    'data:application/json;base64,AAAA', '{"version":3,"sources":["a"],"mappings":"gggggggggggg"}']) {
    equals(new SourceMap(text).find(1, 1), null);
  }
}

export async function findsTheNamesThatAMinifierChanged() {
  const original = [
    'async function fetchSettings(): Promise<string> {}',
    'class Greeter {',
    '  private async greet(name: string) {}',
    '}',
    'export const load = async (key: string) => {};',
    'list.map((each) => each);',
  ].join('\n');
  const code = 'async function a(){}class b{async c(){}}const d=async()=>{};e.map(f=>f);';
  const places = [
    ['async function a', 0, 0],
    ['async c', 2, 2],
    ['async()', 4, 20],
    ['f=>f', 5, 9],
  ];
  const mappings = encode(places.map(([part, line, column]) => [0, code.indexOf(part), 0, line, column]));
  const map = { version: 3, sources: ['src/a.ts'], sourcesContent: [original], mappings };
  registerSourceMap('min.js', code, JSON.stringify(map));

  const names = places.map(([part]) => functionName('min.js', { line: 1, column: code.indexOf(part) + 1 }));
  equals(names, ['fetchSettings', 'greet', 'load', null]);
  equals(functionName('unmapped.js', { line: 1, column: 1 }), null);
  registerSourceMap('min.js', code);
}
