/** TypeScript becomes JavaScript at the same places, or says why not. */
import '../host.js';
import { nodeRequire } from 'whence/core/primordials.js';
import { stripTypes } from 'whence/modules/typescript.js';
import { syntaxSite } from 'whence/modules/syntax.js';

/** @param {unknown} actual @param {unknown} expected */
function equals(actual, expected) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`got ${a}\n  expected ${b}`);
}

export async function blanksTypesOut() {
  const source = 'interface A { b: string }\nconst a = <T>(x: T, y?: number): T => x as T;\nexport type { A };';
  const { code, map } = stripTypes(source, 'a.ts');
  equals(map, undefined);
  equals(code.length, source.length);
  equals(code.replace(/ +/g, ' ').replaceAll(' ,', ','), ' \nconst a = (x, y ) => x ;\n ');
}

export async function compilesWhatNeedsCode() {
  const { code, map } = stripTypes('enum A { B = 1 }\nclass C { constructor(private d: number) {} }', 'dir/a.ts');
  if (!code.includes('"B"') || !code.includes('this.d = d')) throw new Error(code);
  if (code.includes('sourceMappingURL')) throw new Error(code);
  equals(JSON.parse(map).sources, ['dir/a.ts']);
}

export async function saysWhereTypeScriptDoesNotParse() {
  let site;
  try {
    stripTypes('let a: number;\nlet b: = 3;\n', 'a.ts');
  } catch (error) {
    equals(error instanceof SyntaxError, true);
    site = error;
  }
  equals([site.line, site.column], [2, 8]);
  equals(syntaxSite('const \u540d\u524d: number = ;', true, 'module'), { message: 'Expression expected', line: 1, column: 20 });
  equals(syntaxSite('enum A { B }; const x = ;', true, 'module').column, 25);
  equals(syntaxSite('let a: number = 1', true, 'module'), null);
}

export async function saysWhereJavaScriptDoesNotParse() {
  equals(syntaxSite('a\nb c', false, 'module'), { message: "Unexpected token 'c'", line: 2, column: 3 });
  equals(syntaxSite('return 1', false, 'commonjs'), null);
  equals(syntaxSite('await 1', false, 'module'), null);
}

export async function printsNoWarning() {
  const process = nodeRequire('node:process');
  const warnings = [];
  const listener = (warning) => warnings.push(String(warning));
  process.on('warning', listener);
  stripTypes('let a: number', 'a.ts');
  await new Promise((done) => nodeRequire('node:timers').setImmediate(done));
  process.off('warning', listener);
  equals(warnings, []);
}
