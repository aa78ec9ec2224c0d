// Correct ways to write a worker. Each carries a text through what it shows and answers with it, so
// an answer that is not the text given shows a broken pattern, and a hang verdict a false alarm.
import addWasm from './add.wasm';
import { AsyncLocalStorage } from 'node:async_hooks';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const als = new AsyncLocalStorage();
const settledAtStartup = Promise.resolve('start');
const memo = new Map();
const never = new Promise(() => {});

const sleep = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
const up = (path) => 'http://up.test' + path;

function check(condition, what) {
  if (!condition) throw new Error('not so: ' + what);
}

function stream(...chunks) {
  return new ReadableStream({
    async pull(controller) {
      await sleep(1);
      controller.enqueue(encoder.encode(chunks.shift()));
      if (chunks.length === 0) controller.close();
    },
  });
}

const upperCase = () =>
  new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.toUpperCase());
    },
  });

async function* letters(text) {
  for (const letter of text) {
    await sleep(0);
    yield letter;
  }
}

export const patterns = {
  // --- timers
  plain: (text) => text,
  async longTimer(text) {
    return sleep(150, text);
  },
  async schedulerWait(text) {
    await scheduler.wait(20);
    return text;
  },
  async timerChain(text) {
    for (let i = 0; i < 10; i++) await sleep(1);
    return text;
  },
  clearedInterval(text) {
    return new Promise((resolve) => {
      let ticks = 0;
      const interval = setInterval(() => {
        if (++ticks < 3) return;
        clearInterval(interval);
        setTimeout(() => resolve(text), 2);
      }, 1);
    });
  },
  async clearedTimeoutBesideAnother(text) {
    clearTimeout(setTimeout(() => check(false, 'cleared'), 1));
    return sleep(3, text);
  },

  // --- subrequests
  async slowUpstream(text) {
    const response = await fetch(up('/delay/100/slow'), { method: 'POST', body: text });
    return (await response.text()).replace('POST /delay/100/slow ', '');
  },
  async parallelSubrequests(text) {
    const texts = await Promise.all(
      [1, 2, 3].map(async (i) => (await fetch(up('/delay/5/' + i))).text()),
    );
    check(texts.join() === 'GET /delay/5/1 ,GET /delay/5/2 ,GET /delay/5/3 ', texts.join());
    return text;
  },
  async abortedSubrequest(text) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    const error = await fetch(up('/never'), { signal: controller.signal }).catch((e) => e);
    check(error.name === 'AbortError', error);
    return text;
  },
  async timedOutSubrequest(text) {
    const signal = AbortSignal.timeout(5);
    const error = await fetch(up('/never'), { signal }).catch((e) => e);
    check(error.name === 'TimeoutError', error);
    return text;
  },
  async failedSubrequest(text) {
    const failed = await fetch(up('/fail')).then(() => false, () => true);
    check(failed, 'failed');
    return text;
  },
  async uploadedStream(text) {
    const body = stream(text.slice(0, 3), text.slice(3));
    const response = await fetch(up('/upload'), { method: 'POST', body, duplex: 'half' });
    return (await response.text()).replace('POST /upload ', '');
  },
  passedThrough: (text) => fetch(up('/stream/1'), { method: 'POST', body: text }),

  // --- bodies and streams
  requestText: (text, request) => request.text(),
  requestEcho: (text, request) => new Response(request.body),
  async requestReader(text, request) {
    const reader = request.body.getReader();
    let read = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return read;
      read += decoder.decode(value);
    }
  },
  responseStream: (text) => new Response(stream(text.slice(0, 2), text.slice(2))),
  identityTransform(text) {
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    writer.write(encoder.encode(text)).then(() => writer.close());
    return new Response(readable);
  },
  async pipedThrough(text) {
    const piped = new Response(text.toLowerCase()).body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(upperCase())
      .pipeThrough(new TextEncoderStream());
    return (await new Response(piped).text()).toLowerCase();
  },
  async teed(text) {
    const [left, right] = stream(text).tee();
    const [a, b] = await Promise.all([new Response(left).text(), new Response(right).text()]);
    check(a === b, 'equal');
    return b;
  },
  async cloned(text) {
    const response = await fetch(up('/stream/1'), { method: 'POST', body: text });
    const copy = response.clone();
    await response.text();
    return copy;
  },
  async compressed(text) {
    const body = stream(text)
      .pipeThrough(new CompressionStream('gzip'))
      .pipeThrough(new DecompressionStream('gzip'));
    return new Response(body);
  },
  async iteratedBody(text) {
    let read = '';
    for await (const chunk of stream(...text)) read += decoder.decode(chunk);
    return read;
  },
  async formData(text) {
    const form = new FormData();
    form.append('field', text);
    form.append('file', new Blob(['content']), 'name.txt');
    const parsed = await new Response(form).formData();
    check((await parsed.get('file').text()) === 'content', 'file');
    return parsed.get('field');
  },
  async blob(text) {
    return new Blob([text.slice(0, 1), text.slice(1)]).text();
  },

  // --- WebCrypto
  async digest(text) {
    const digest = () => crypto.subtle.digest('SHA-256', encoder.encode(text));
    const [a, b] = await Promise.all([digest(), digest()]);
    check(decoder.decode(a) === decoder.decode(b), 'equal digests');
    return text;
  },
  async signed(text) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(text));
    check(await crypto.subtle.verify('HMAC', key, signature, encoder.encode(text)), 'verified');
    return text;
  },
  async encrypted(text) {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, [
      'encrypt',
      'decrypt',
    ]);
    const algorithm = { name: 'AES-GCM', iv: crypto.getRandomValues(new Uint8Array(12)) };
    const secret = await crypto.subtle.encrypt(algorithm, key, encoder.encode(text));
    return decoder.decode(await crypto.subtle.decrypt(algorithm, key, secret));
  },
  randomUuid(text) {
    const uuids = new Set(Array.from({ length: 10 }, () => crypto.randomUUID()));
    check(uuids.size === 10, 'distinct');
    return text;
  },

  // --- promises
  async startupPromise(text) {
    check((await settledAtStartup) === 'start', 'start');
    return text;
  },
  async memoisedValue(text) {
    let value = memo.get('value');
    if (value === undefined) {
      value = await fetch(up('/delay/5/memo')).then((response) => response.text());
      memo.set('value', value);
    }
    check(value === 'GET /delay/5/memo ', value);
    return text;
  },
  async settledPromiseShared(text) {
    let settled = memo.get('settled');
    if (settled === undefined) {
      const mine = sleep(1, 'shared');
      await mine;
      memo.set('settled', mine);
      settled = mine;
    }
    check((await settled) === 'shared', 'shared');
    return text;
  },
  raced: (text) => Promise.race([never, sleep(2, text)]),
  any: (text) => Promise.any([Promise.reject(new Error('one')), sleep(2, text), never]),
  async allSettled(text) {
    const results = await Promise.allSettled([sleep(1, text), Promise.reject(new Error('two'))]);
    check(results[1].reason.message === 'two', 'rejected');
    return results[0].value;
  },
  thenable: (text) => ({
    then(resolve) {
      setTimeout(resolve, 1, text);
    },
  }),
  microtaskChain(text) {
    return new Promise((resolve) => {
      const step = (left) => (left === 0 ? resolve(text) : queueMicrotask(() => step(left - 1)));
      step(200);
    });
  },
  async promiseChain(text) {
    let chain = Promise.resolve(text);
    for (let i = 0; i < 50; i++) chain = chain.then((value) => value).finally(() => {});
    return chain;
  },
  async asyncGenerator(text) {
    let read = '';
    for await (const letter of letters(text)) read += letter;
    return read;
  },
  async delegatingGenerator(text) {
    async function* outer() {
      yield* letters(text);
    }
    let read = '';
    for await (const letter of outer()) read += letter;
    return read;
  },
  withResolvers(text) {
    const { promise, resolve } = Promise.withResolvers();
    setTimeout(resolve, 1, text);
    return promise;
  },
  eventTarget(text) {
    const target = new EventTarget();
    setTimeout(() => target.dispatchEvent(new CustomEvent('news', { detail: text })), 1);
    return new Promise((resolve) => {
      target.addEventListener('news', (event) => resolve(event.detail), { once: true });
    });
  },
  asyncLocalStorage: (text) =>
    als.run(text, async () => {
      await sleep(1);
      await fetch(up('/delay/2/als'));
      return als.getStore();
    }),

  // --- background work
  waitUntil(text, request, ctx) {
    ctx.waitUntil(sleep(5).then(() => console.log('late')));
    return text;
  },
  nestedWaitUntil(text, request, ctx) {
    ctx.waitUntil(
      sleep(2).then(() => {
        ctx.waitUntil(fetch(up('/delay/2/nested')).then((response) => response.text()));
      }),
    );
    return text;
  },
  abandonedWork(text) {
    fetch(up('/never'));
    setTimeout(() => check(false, 'dropped'), 60_000);
    return text;
  },

  // --- the rest of the platform
  async wasm(text) {
    const instance = await WebAssembly.instantiate(addWasm);
    check(instance.exports.add(2, 3) === 5, 'sum');
    return text;
  },
  async cachePut(text, request) {
    const key = request.url + '&cached';
    const headers = { 'cache-control': 'max-age=60' };
    await caches.default.put(key, new Response(text, { headers }));
    return caches.default.match(key);
  },
  async dynamicImport(text) {
    const self = await import('./worker.js');
    check(self.patterns === patterns, 'same module');
    return text;
  },
  clonedStructure: (text) => structuredClone(new Map([['a', { text }]])).get('a').text,
  urlPattern: (text) =>
    new URLPattern({ pathname: '/:text' }).exec({ pathname: '/' + text }).pathname.groups.text,
  codec: (text) => atob(btoa(text)),
};

export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/hangs') return never;
    const result = await patterns[pathname.slice(1)](searchParams.get('text'), request, ctx);
    return result instanceof Response ? result : new Response(result);
  },
};
