// Its own handlers use nothing of what it replaces: only syntax and what was kept before.
const base = 'http://worker.test/';
let calls = 0;
const who = [];
const NativeResponse = Response;
const nativeWait = scheduler.wait.bind(scheduler);
const nativeFetch = fetch;
const log = console.log;
const text = Request.prototype.text;
const responseText = Response.prototype.text;
const { apply } = Reflect;
const urlOf = Object.getOwnPropertyDescriptor(Request.prototype, 'url').get;
const bodyOf = Object.getOwnPropertyDescriptor(Request.prototype, 'body').get;
const define = Object.defineProperty;
const ownDescriptor = Object.getOwnPropertyDescriptor;
const NativePromise = Promise;

function replace(target, name, descriptor) {
  const old = ownDescriptor(target, name);
  if (old !== undefined && !old.configurable) return;
  descriptor.configurable = true;
  define(target, name, descriptor);
}

function caught(name) {
  calls++;
  if (who.length < 5) who[who.length] = String(name) + '\n' + new Error().stack;
  throw new Error('replaced');
}

function method(target, name) {
  replace(target, name, { __proto__: null, value: () => caught(name), writable: true });
}

function methods(target, ...names) {
  for (let i = 0; i < names.length; i++) method(target, names[i]);
}

function getter(target, name) {
  replace(target, name, {
    __proto__: null,
    get: () => {
      caught(name);
    },
    set: () => {
      caught(name);
    },
  });
}

function getters(target, ...names) {
  for (let i = 0; i < names.length; i++) getter(target, names[i]);
}

const init = { __proto__: null, status: 201, headers: { __proto__: null, 'x-answered': 'yes' } };

export default {
  async fetch(request) {
    const url = apply(urlOf, request, []);
    switch (url) {
      case base + 'untouched':
        return new NativeResponse(`${calls}`);
      case base + 'patch':
        PATCH;
        return new NativeResponse('patched');
      case base + 'calls':
        return new NativeResponse(calls === 0 ? '0' : `${calls} ${who[0]}`);
      case base + 'plain0':
      case base + 'plain1':
        log('plain', 1);
        return new NativeResponse('plain', init);
      case base + 'awaited0':
      case base + 'awaited1':
        await nativeWait(1);
        await new NativePromise((resolve) => resolve());
        return new NativeResponse('awaited');
      case base + 'throws0':
      case base + 'throws1':
        throw new Error('thrown');
      case base + 'hangs0':
      case base + 'hangs1':
        await new NativePromise(() => {});
        break;
      case base + 'subrequest':
        return new NativeResponse(await apply(responseText, await nativeFetch('http://up.test/now'), []));
      case base + 'passed':
        return await nativeFetch('http://up.test/now');
      case base + 'text':
        return new NativeResponse(await apply(text, request, []));
      case base + 'echo':
        return new NativeResponse(apply(bodyOf, request, []));
    }
    return new NativeResponse(url, { status: 404 });
  },
};
