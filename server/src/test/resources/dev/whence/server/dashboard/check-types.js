/**
 * Checks JavaScript with TypeScript. A classic script that defines one function, from one text to one
 * text: it takes lines (TypeScript's library, the root folder, then the files to check) and returns a
 * finding a line.
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
    lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, start, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      if (file === undefined) return text;
      const { line, character } = ts.getLineAndCharacterOfPosition(file, start);
      return `${file.fileName.replace(`${root}/`, '')}:${line + 1}:${character + 1}: ${text}`;
    })
    .join('\n');
};
