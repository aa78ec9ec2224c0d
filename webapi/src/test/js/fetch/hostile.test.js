import './worker.js';
import { fetch } from 'whence/fetch/subrequest.js';
import { Response } from 'whence/fetch/response.js';
import { endContext, enterTurn, openContext, runInFrame } from 'whence/core/context.js';
import { connectOutbox, takeCommands } from 'whence/core/outbox.js';
import { createRequest, deliverResponse, streamTurn, subrequestTurn } from 'whence/fetch/index.js';

/** What hostile code got hold of that is not its own. */
let leaks = '';
let watching = false;

/** @param {string} what */
function leaked(what) {
  leaks += what + ' ';
}

/**
 * Replaces methods of the built-ins and puts setters on their prototypes, runs the work, and undoes it all.
 * @param {() => void} work
 */
function smashed(work) {
  let undo = null;
  const replace = (holder, name, descriptor) => {
    undo = { holder, name, old: Object.getOwnPropertyDescriptor(holder, name), next: undo };
    descriptor.__proto__ = null;
    descriptor.configurable = true;
    Object.defineProperty(holder, name, descriptor);
  };
  const smash = (prototype, name) =>
    replace(prototype, name, {
      value: function smashedMethod() {
        if (watching) leaked(String(name));
        throw new Error('smashed ' + String(name));
      },
    });
  const types = [
    Array,
    String,
    Map,
    Set,
    WeakMap,
    RegExp,
    Uint8Array,
    Object.getPrototypeOf(Uint8Array),
    ArrayBuffer,
    TextEncoder,
    TextDecoder,
    AbortController,
  ];
  for (let i = 0; i < types.length; i++) {
    const { prototype } = types[i];
    const names = Reflect.ownKeys(prototype);
    for (let k = 0; k < names.length; k++) {
      const { value, configurable } = Object.getOwnPropertyDescriptor(prototype, names[k]);
      if (typeof value === 'function' && configurable) smash(prototype, names[k]);
    }
  }
  const names = [
    'raw',
    'first',
    'last',
    'next',
    'list',
    'body',
    'source',
    'owner',
    'context',
    'stream',
    'consumer',
    'codec',
    'op',
    'signal',
    'state',
    'id',
    'status',
    'url',
    'headers',
    'host',
    'promise',
    'value',
    'bytes',
  ];
  for (let i = 0; i < names.length; i++) {
    replace(Object.prototype, names[i], {
      __proto__: null,
      get: () => undefined,
      set() {
        if (watching) leaked('set ' + names[i]);
      },
    });
  }
  leaks = '';
  watching = true;
  try {
    work();
  } finally {
    watching = false;
    for (; undo !== null; undo = undo.next) {
      if (undo.old === undefined) delete undo.holder[undo.name];
      else Object.defineProperty(undo.holder, undo.name, undo.old);
    }
  }
  if (leaks !== '') throw new Error('leaked: ' + leaks);
}

export async function servesAPlainRequestWhileBuiltInsAreSmashed() {
  takeCommands();
  connectOutbox(new Uint8Array(1024), () => {});
  const context = openContext(900001);
  const fields = [
    'F',
    '900001',
    'GET',
    'http://localhost:8787/a?b',
    '0',
    '::1',
    'HTTP/1.1',
    '2',
    'Host',
    'x',
    'X-A',
    '1',
    '',
  ];
  let commands;
  smashed(() => {
    enterTurn(context);
    runInFrame(context.frame, () => {
      const request = createRequest(context, fields);
      const init = {
        __proto__: null,
        status: 201,
        headers: { __proto__: null, a: request.headers.get('x-a') },
      };
      deliverResponse(context, new Response(request.method + request.url, init));
    });
    enterTurn(null);
    commands = takeCommands();
  });
  endContext(context);
  const expected = [
    'r',
    '900001',
    '201',
    '',
    'b',
    '28',
    '2',
    'a',
    '1',
    'Content-Type',
    'text/plain;charset=UTF-8',
    '',
  ].join('\0');
  if (commands !== expected) throw new Error(JSON.stringify(commands));
}

export async function fetchesAndReadsWhileBuiltInsAreSmashed() {
  takeCommands();
  connectOutbox(new Uint8Array(1024), () => {});
  const context = openContext(900002);
  const fields = ['F', '900002', 'POST', 'http://localhost:8787/a?b', '-77', '::1', 'HTTP/1.1', '0', ''];
  const chunk = new Uint8Array([123, 125]);
  let given = '';
  smashed(() => {
    enterTurn(context);
    runInFrame(context.frame, () => {
      const request = createRequest(context, fields);
      request.json();
      fetch('http://a/b', {
        __proto__: null,
        method: 'PUT',
        body: 'x',
        headers: { __proto__: null, a: 'b' },
      });
      given = takeCommands();
      streamTurn('B', context, -77, '2', chunk);
      streamTurn('E', context, -77, '', chunk);
    });
    enterTurn(null);
  });
  const op = given.split('\0')[4];
  smashed(() => {
    enterTurn(context);
    runInFrame(context.frame, () => {
      subrequestTurn('H', context, +op, ['H', '900002', op, '302', '', '0', '1', 'Location', '/c', '']);
    });
    enterTurn(null);
    given = takeCommands();
  });
  endContext(context);
  if (!given.includes(['', 'PUT', 'http://a/c', 'b', '1', '2', ''].join('\0')))
    throw new Error(JSON.stringify(given));
}

export async function givesNoNativeHandleAway() {
  const caught = [];
  const { call } = Function.prototype;
  const context = openContext(900003);
  takeCommands();
  connectOutbox(new Uint8Array(4096), () => {});
  enterTurn(context);
  let compressed;
  let stream;
  const names = ['_handle', '_events', 'handle', 'onerror', 'call'];
  for (let i = 0; i < names.length - 1; i++) {
    Object.defineProperty(Object.prototype, names[i], {
      configurable: true,
      get: () => undefined,
      set() {
        caught[caught.length] = names[i];
      },
    });
  }
  Object.defineProperty(Function.prototype, 'call', {
    configurable: true,
    writable: true,
    value: function () {
      caught[caught.length] = 'call';
    },
  });
  const changed = Function.prototype.call;
  try {
    runInFrame(context.frame, () => {
      compressed = new Response('x', { headers: { 'Content-Encoding': 'gzip' } });
      deliverResponse(context, compressed);
      stream = new CompressionStream('deflate');
    });
  } finally {
    enterTurn(null);
    for (let i = 0; i < names.length - 1; i++) delete Object.prototype[names[i]];
    if (Function.prototype.call !== changed) caught[caught.length] = 'the change was lost';
    Object.defineProperty(Function.prototype, 'call', { configurable: true, writable: true, value: call });
  }
  endContext(context);
  takeCommands();
  if (stream.readable === undefined) throw new Error('no stream');
  if (caught.length > 0) throw new Error('got hold of ' + caught.join());
}
