/**
 * What the rewriting inserts, text by text. In the expectations `own(`, `iter(` and `dyn(` stand for
 * the reserved names.
 */
import '../host.js';
import { transform } from 'whence/modules/transform.js';

const NAME = 'dir/main.js';

/** @param {string} source @param {string} expected @param {string} [kind] */
function rewrites(source, expected, kind = 'module') {
  const { code } = transform(source, { name: NAME, kind });
  const shown = code
    .replaceAll('$whence_own', 'own')
    .replaceAll('$whence_iter', 'iter')
    .replaceAll('$whence_import', 'dyn');
  if (shown !== expected) throw new Error(`${source}\n  became   ${shown}\n  expected ${expected}`);
}

/** @param {string} source @param {string} [kind] */
function keeps(source, kind = 'module') {
  const { code, edits } = transform(source, { name: NAME, kind });
  if (code !== source || edits.length !== 0) throw new Error(`${source}\n  became ${code}`);
}

/** @param {string} source @param {RegExp} message @param {string} [kind] */
function refuses(source, message, kind = 'module') {
  let code;
  try {
    code = transform(source, { name: NAME, kind }).code;
  } catch (error) {
    if (error instanceof SyntaxError && message.test(error.message) && error.line) return error;
    throw error;
  }
  throw new Error(`${source}\n  was not refused but became ${code}`);
}

export async function wrapsAwaitedOperands() {
  rewrites('await x', 'await own(x)');
  rewrites('await x.y?.z(1)[2]', 'await own(x.y?.z(1)[2])');
  rewrites('(await x).y', '(await own(x)).y');
  rewrites('await x + 1', 'await own(x) + 1');
  rewrites('await new X', 'await own(new X)');
  rewrites('await new X()', 'await own(new X())');
  rewrites('!await x', '!await own(x)');
  rewrites('await await x', 'await await own(x)');
  rewrites('await (await x).json()', 'await own((await own(x)).json())');
  rewrites('await x`a${await y}b`', 'await own(x`a${await own(y)}b`)');
  rewrites('`a${await x}b${await y}`', '`a${await own(x)}b${await own(y)}`');
  rewrites('await\nx\nfoo()', 'await\nown(x)\nfoo()');
  rewrites('await /* a */ x // b', 'await /* a */ own(x) // b');
  rewrites('await // why\n  x', 'await // why\n  own(x)');
  rewrites('await x / await y / 2', 'await own(x) / await own(y) / 2');
  rewrites('export const a = await x, b = await y;', 'export const a = await own(x), b = await own(y);');
  rewrites('export default await x', 'export default await own(x)');
}

export async function keepsKeywordsApartInMinifiedCode() {
  rewrites('await(await x).y()', 'await own((await own(x)).y())');
  rewrites('await(x)', 'await own((x))');
  rewrites('await(a,b)', 'await own((a,b))');
  rewrites('await"a".b()', 'await own("a".b())');
  rewrites('await[a].b()', 'await own([a].b())');
  rewrites('await`a`.b()', 'await own(`a`.b())');
  rewrites('await/a/.b()', 'await own(/a/.b())');
  rewrites('async()=>{return(a,b)(c)}', 'async()=>{return own((a,b)(c))}');
  rewrites('async()=>{return"a".b()}', 'async()=>{return own("a".b())}');
  rewrites('async function*f(){yield(a).b}', 'async function*f(){yield own((a).b)}');
  rewrites('async function*f(){yield*[a].b()}', 'async function*f(){yield*iter([a].b())}');
  rewrites('for await(x of(a).b());', 'for await(x of iter((a).b()));');
  rewrites('async()=>(a)', 'async()=>own((a))');
}

export async function keepsSequencesInTheirParentheses() {
  rewrites('await (a, b)', 'await own((a, b))');
  rewrites('await ((a))', 'await own(((a)))');
  rewrites('await (a), b', 'await own((a)), b');
  rewrites('async function* f() { return a, b }', 'async function* f() { return own((a, b)) }');
  rewrites('async function* f() { return (a, b) }', 'async function* f() { return own((a, b)) }');
  rewrites('async function* f() { yield a, b }', 'async function* f() { yield own(a), b }');
}

export async function leavesOperandsThatAreNoPromises() {
  for (const operand of ['1', '"a"', 'null', '/a b/g', '`a${b}c`', 'function () {}', '() => {}',
    'async () => {}', 'class {}', '{}', '[]', 'void 0', '-1', '!x', 'typeof x', 'x++', '(1)', '((`a`))']) {
    const isArrow = operand.includes('=>');
    keeps(`await ${isArrow ? `(${operand})` : operand}`);
  }
  rewrites('await [await x]', 'await [await own(x)]');
  rewrites('await (async () => { await x })', 'await (async () => { await own(x) })');
  rewrites('await (async () => { await x })()', 'await own((async () => { await own(x) })())');
  rewrites('await undefined', 'await own(undefined)');
}

export async function wrapsWhatForAwaitIterates() {
  rewrites('for await (const a of x) f(a)', 'for await (const a of iter(x)) f(a)');
  rewrites('for await (a.b of x()) ;', 'for await (a.b of iter(x())) ;');
  rewrites('for await (const a of await x);', 'for await (const a of iter(await own(x)));');
  rewrites('for await (const [a = await b] of x);', 'for await (const [a = await own(b)] of iter(x));');
  rewrites('l: for await (var a of (b, c)) continue l', 'l: for await (var a of iter((b, c))) continue l');
  rewrites('for (const a of await x);', 'for (const a of await own(x));');
  rewrites('for await (using a of x);', 'for await (using a of iter(x));');
  keeps('for (const a of x); // await');
}

export async function wrapsWhatAsyncGeneratorsYieldAndReturn() {
  rewrites(
    'async function* f() { yield; yield x; yield* y; yield 1; return; return z }',
    'async function* f() { yield; yield own(x); yield* iter(y); yield 1; return; return own(z) }',
  );
  rewrites('async function* f() { yield\nx }', 'async function* f() { yield\nx }');
  rewrites('async function* f() { return\nx }', 'async function* f() { return\nx }');
  rewrites('async function* f() { yield await x }', 'async function* f() { yield await own(x) }');
  rewrites('async function* f() { yield yield x }', 'async function* f() { yield own(yield own(x)) }');
  rewrites('async function* f() { return () => { return x } }', 'async function* f() { return () => { return x } }');
  rewrites(
    'async function* f() { async function g() { return x } function* h() { yield x; return x } }',
    'async function* f() { async function g() { return own(x) } function* h() { yield x; return x } }',
  );
  rewrites('({ async *m() { yield x } })', '({ async *m() { yield own(x) } })');
  rewrites('({ async * [k]() { yield x } })', '({ async * [k]() { yield own(x) } })');
  rewrites('class A { static async *#m() { yield x } }', 'class A { static async *#m() { yield own(x) } }');
  rewrites('async /**/ function /**/ * f() { yield x }', 'async /**/ function /**/ * f() { yield own(x) }');
  keeps('function* f() { yield x; yield* y; return z } // await');
  rewrites('async function f() { return x } // await', 'async function f() { return own(x) } // await');
}

export async function redirectsDynamicImports() {
  rewrites('import(x)', 'dyn(x, "dir/main.js")');
  rewrites('import (x)', 'dyn (x, "dir/main.js")');
  rewrites('import/**/(x)', 'dyn/**/(x, "dir/main.js")');
  rewrites('import(x,)', 'dyn(x, "dir/main.js",)');
  rewrites('import((a, b), { with: {} })', 'dyn((a, b), "dir/main.js", { with: {} })');
  rewrites('await import(x)', 'await own(dyn(x, "dir/main.js"))');
  rewrites('import(await x)', 'dyn(await own(x), "dir/main.js")');
  rewrites('import(import(x))', 'dyn(dyn(x, "dir/main.js"), "dir/main.js")');
  rewrites('import(x).then(f)', 'dyn(x, "dir/main.js").then(f)');
  rewrites('a\nimport(x)', 'a\ndyn(x, "dir/main.js")');
  rewrites('import(/* why */ x /* so */)', 'dyn(/* why */ x, "dir/main.js" /* so */)');
  keeps('import x from "./x.js"; import.meta.url; export * from "y"');
  keeps('({ import: 1 }).import; class A { import() {} }');
}

export async function quotesTheNameOfTheModule() {
  const { code } = transform('import(x)', { name: 'a"b\\c.js', kind: 'script' });
  if (code !== '$whence_import(x, "a\\"b\\\\c.js")') throw new Error(code);
}

export async function reachesEveryPlaceThatCanWait() {
  rewrites('class A { m = async () => await x; static { async () => await y } }',
    'class A { m = async () => await own(x); static { async () => await own(y) } }');
  rewrites('class A extends (await B) { [await c] = 1 }', 'class A extends (await own(B)) { [await own(c)] = 1 }');
  rewrites('class A { #p; async m() { await this.#p; return #p in await x } }',
    'class A { #p; async m() { await own(this.#p); return #p in await own(x) } }');
  rewrites('const { a = await x, [await y]: b } = await z', 'const { a = await own(x), [await own(y)]: b } = await own(z)');
  rewrites('async (a) => await a', 'async (a) => await own(a)');
  rewrites('async a => ({ ...await a })', 'async a => ({ ...await own(a) })');
  rewrites('async () => { if (a) await b\nelse await c\ndo await d\nwhile (await e) }',
    'async () => { if (a) await own(b)\nelse await own(c)\ndo await own(d)\nwhile (await own(e)) }');
  rewrites('async () => { switch (await a) { case await b: await c } }',
    'async () => { switch (await own(a)) { case await own(b): await own(c) } }');
  rewrites('async () => { try { throw await a } catch { await b } finally { await c } }',
    'async () => { try { throw await own(a) } catch { await own(b) } finally { await own(c) } }');
  rewrites('async () => a ??= await b', 'async () => own(a ??= await own(b))');
  rewrites('async () => a ? await b : await c', 'async () => own(a ? await own(b) : await own(c))');
  rewrites('async () => (await a) ** await b', 'async () => (await own(a)) ** await own(b)');
  rewrites('async () => { lbl: await a }', 'async () => { lbl: await own(a) }');
  rewrites('async(await x)', 'async(await own(x))');
  rewrites('f(await x, ...await y)', 'f(await own(x), ...await own(y))');
  rewrites('await using a = await b', 'await using a = await own(b)');
  rewrites('await using a = b; await c', 'await using a = b; await own(c)');
}

export async function leavesWhatOnlyLooksLikeWaiting() {
  keeps('"await x"; /await x/; `await x` // await x');
  keeps('({ await: 1 }).await');
  keeps('var await = 1; await\n(2)', 'script');
  keeps('var async = 1, y = async * 2');
  rewrites('"import(x)"; await y', '"import(x)"; await own(y)');
}

export async function knowsScriptsAndCommonJs() {
  rewrites('async function f() { await x }', 'async function f() { await own(x) }', 'script');
  rewrites('with (a) b\nasync () => await x', 'with (a) b\nasync () => await own(x)', 'script');
  rewrites('async () => await x\nreturn 1', 'async () => await own(x)\nreturn 1', 'commonjs');
  rewrites('#!/usr/bin/env node\nawait x', '#!/usr/bin/env node\nawait own(x)');
  rewrites('<!-- html\nasync () => await x', '<!-- html\nasync () => await own(x)', 'script');
  refuses('async () => await x\nreturn 1', /return/, 'script');
}

export async function refusesNamesThatCouldShadowItsOwn() {
  refuses('const $whence_own = 1', /reserved/);
  refuses('async () => { let \\u0024whence_own; await x }', /reserved/);
  refuses('async () => { with (o) { async () => await x } }', /with/, 'script');
  rewrites('async () => { with (await o) f() }', 'async () => { with (await own(o)) f() }', 'script');
}

export async function wrapsWhatAsyncFunctionsReturn() {
  rewrites('async function f() { return x }', 'async function f() { return own(x) }');
  rewrites('async function f() { return a, b }', 'async function f() { return own((a, b)) }');
  rewrites('a = async () => x', 'a = async () => own(x)');
  rewrites('a = async (b) => (x)', 'a = async (b) => own((x))');
  rewrites('a = async b => c(d)', 'a = async b => own(c(d))');
  rewrites('({ async m() { return x() } })', '({ async m() { return own(x()) } })');
  rewrites('a = async () => async () => x', 'a = async () => async () => own(x)');
  rewrites('async () => { return x ? y : z }', 'async () => { return own(x ? y : z) }');
}

export async function leavesWhatOtherFunctionsReturn() {
  keeps('async function f() { return }');
  keeps('async function f() { return "text" }');
  keeps('async function f() { return a + b }');
  keeps('async () => ({})');
  keeps('async () => { [].map((a) => a); return () => { return x } }');
  keeps('function f() { return x } a = async () => 1');
}

export async function saysWhereATextDoesNotParse() {
  const site = refuses('// comment\r\nawait x\nawait y z', /Unexpected token 'z'/);
  if (site.line !== 3 || site.column !== 9) throw new Error(JSON.stringify(site));
  refuses('await f(', /Unexpected end of input/);
  refuses('await x; @dec class A {}', /decorators/);
  refuses('const a = <div>{await x}</div>', /JSX/);
  refuses('function f() { await x }', /./);
  refuses(`await x; ${'('.repeat(5000)}`, /nested too deeply/);
}

export async function doesNotParseWhatHasNothingToRewrite() {
  // Not even JavaScript: it was never parsed.
  keeps('this is not JavaScript; function f() {}');
}
