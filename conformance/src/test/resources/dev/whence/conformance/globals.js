// Looks around in its own world.

// What only the engine's host has. Reached from anywhere, it is a way out.
const POWERS = [
  'binding', '_linkedBinding', 'dlopen', 'mainModule', 'internalBinding', 'reallyExit', 'execPath',
  'execve', '_tickCallback', '_getActiveHandles', 'writeFileSync', 'readFileSync', 'execSync',
  'spawnSync', 'createRequire', 'runInThisContext', '_preload_modules', 'getBuiltinModule',
  'loadEnvFile', 'setFlagsFromString', 'writeHeapSnapshot', 'createServer', 'openStdin',
];

// Objects and functions that can be reached by members, prototypes and symbols.
function walk(start) {
  const seen = new Set();
  const open = [[start, 'globalThis']];
  while (open.length > 0) {
    const [value, path] = open.pop();
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
    if (seen.has(value)) continue;
    seen.add(value);
    open.push([Object.getPrototypeOf(value), path + '.__proto__']);
    for (const key of Reflect.ownKeys(value)) {
      const member = path + '.' + String(key);
      if (POWERS.includes(key)) {
        const { value: power } = Object.getOwnPropertyDescriptor(value, key);
        if (power !== undefined) return 'found ' + member;
      }
      const descriptor = Object.getOwnPropertyDescriptor(value, key);
      if (descriptor.get !== undefined) {
        open.push([descriptor.get, member + '(get)']);
        try {
          open.push([value[key], member]);
        } catch {
          // A getter of a prototype.
        }
      }
      if (descriptor.set !== undefined) open.push([descriptor.set, member + '(set)']);
      open.push([descriptor.value, member]);
    }
  }
  return `nothing among ${seen.size}`;
}

// Objects that only appear while something runs.
async function things(request, env, ctx) {
  const error = await fetch('http://up.test/fail').catch((e) => e);
  const signal = AbortSignal.timeout(1000);
  const response = await fetch('http://up.test/now');
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  return {
    globalThis, request, env, ctx, error, signal, response, key,
    body: response.body, reader: response.clone().body.getReader(),
    timer: setTimeout(() => {}, 0), event: new Event('x'), form: new FormData(),
    blob: new Blob(['x']), blobStream: new Blob(['x']).stream(), file: new File(['x'], 'x'),
    gzip: new CompressionStream('gzip'), decoder: new TextDecoderStream(),
    transform: new TransformStream(), channel: new EventTarget(), url: new URL('http://x/?a'),
    iterator: new Headers([['a', 'b']]).entries(), generator: (function* () {})(),
    asyncGenerator: (async function* () {})(), promise: (async () => {})(),
    thrown: ((f) => { try { f(); } catch (e) { return e; } })(() => structuredClone(() => {})),
    namespace: await import('./worker.js'),
  };
}

const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const wasm = () => new Response(bytes, { headers: { 'content-type': 'application/wasm' } });

function isOwnAndZeroed(buffer, length = buffer.length) {
  if (buffer.byteOffset !== 0 || buffer.buffer.byteLength !== length) return 'shared';
  return 'own and zeroed';
}

const code = {
  eval: () => eval('1'),
  indirectEval: () => (0, eval)('1'),
  function: () => new Function('return 1'),
  asyncFunction: () => new (async () => {}).constructor('return 1'),
  generatorFunction: () => new (function* () {}).constructor('yield 1'),
  asyncGeneratorFunction: () => new (async function* () {}).constructor('yield 1'),
  reflectConstruct: () => Reflect.construct(Function, ['return 1'], class {}),
  exit: () => process.exit(1),
  abort: () => process.abort(),
  stringTimeout: () => setTimeout('1', 0),
  stringInterval: () => setInterval('1', 0),
  atomicsWait: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1),
  wasmModule: () => new WebAssembly.Module(bytes),
  wasmCompile: () => WebAssembly.compile(bytes),
  wasmInstantiate: () => WebAssembly.instantiate(bytes),
  wasmStreaming: () => WebAssembly.instantiateStreaming(wasm()),
  buffer: () => isOwnAndZeroed(Buffer.alloc(10)),
  bufferFrom: () => isOwnAndZeroed(Buffer.from('text')),
  bufferOfBase64: () => isOwnAndZeroed(Buffer.from('dGV4dA==', 'base64')),
  allocUnsafe() {
    const buffers = Array.from({ length: 100 }, () => Buffer.allocUnsafe(100));
    if (buffers.some((buffer) => buffer.some((byte) => byte !== 0))) return 'used before';
    return isOwnAndZeroed(buffers[0]);
  },
};

export default {
  async fetch(request, env, ctx) {
    const { pathname, search } = new URL(request.url);
    const query = decodeURIComponent(search.slice(1));
    switch (pathname) {
      case '/names':
        return new Response(Reflect.ownKeys(globalThis).map(String).join('\n'));
      case '/walk':
        return new Response(walk(await things(request, env, ctx)));
      case '/type':
        return new Response(typeof globalThis[query]);
      case '/member':
        return new Response(typeof query.split('.').reduce((value, name) => value?.[name], globalThis));
      case '/import':
        return import(await request.text()).then(
          () => new Response('imported'),
          (error) => new Response('refused: ' + error),
        );
      case '/code':
        try {
          return new Response(String(await code[query]()));
        } catch (error) {
          return new Response(String(error));
        }
    }
    return new Response('no such test', { status: 404 });
  },
};
