/**
 * Checks the shipped JavaScript with TypeScript. A classic script that defines two functions, each
 * from one text to one text: they take lines (TypeScript's library, the root folder, then the files
 * to check) and return a finding a line.
 */

globalThis.checkTypes = (request) => {
  const [typescript, root, ...files] = request.split('\n');
  const ts = require(typescript);
  const program = ts.createProgram(files, {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map((diagnostic) => {
      const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
      return place(ts, root, diagnostic.file, diagnostic.start) + text;
    })
    .join('\n');
};

/**
 * Finds constructs that read a patchable Symbol.iterator. Code that runs before a worker's is exempt:
 * the top level, and functions named `install...`.
 */
globalThis.checkHotFiles = (request) => {
  const [typescript, root, ...files] = request.split('\n');
  const ts = require(typescript);
  const findings = [];
  const describe = (node) => {
    if (ts.isForOfStatement(node)) return 'for..of';
    if (ts.isSpreadElement(node)) return 'spread';
    if (ts.isArrayBindingPattern(node)) return 'array destructuring';
    const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (isAssignment && ts.isArrayLiteralExpression(node.left)) return 'array destructuring';
    return null;
  };
  for (const name of files) {
    const file = ts.createSourceFile(name, ts.sys.readFile(name), ts.ScriptTarget.ESNext, true);
    const visit = (node, isLate) => {
      const what = isLate ? describe(node) : null;
      if (what !== null) {
        findings.push(place(ts, root, file, node.getStart()) + what + ' reads a patchable Symbol.iterator');
      }
      const isInstaller = ts.isFunctionDeclaration(node) && node.name?.text.startsWith('install');
      if (isInstaller) return;
      ts.forEachChild(node, (child) => visit(child, isLate || ts.isFunctionLike(node)));
    };
    visit(file, false);
  }
  return findings.join('\n');
};

function place(ts, root, file, start) {
  if (file === undefined) return '';
  const { line, character } = ts.getLineAndCharacterOfPosition(file, start);
  const name = file.fileName.startsWith(root) ? file.fileName.slice(root.length + 1) : file.fileName;
  return `${name}:${line + 1}:${character + 1}: `;
}
