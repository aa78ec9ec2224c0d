import { current } from 'whence/core/context.js';
import { GLOBAL_SCOPE, ILLEGAL_INVOCATION } from 'whence/core/messages.js';
import { pendingNative } from 'whence/crypto/crypto.js';
import { commands, endContext, equal, install, later, request, runJobs, thrown, turn } from './host.js';

install({});

const idle = () => pendingNative() === 0;

export function randomValuesAreRefusedInGlobalScope() {
  equal(thrown(() => crypto.randomUUID()).message, GLOBAL_SCOPE);
  equal(thrown(() => crypto.getRandomValues(new Uint8Array(4))).message, GLOBAL_SCOPE);
}

export function randomValuesAreGivenToRequests() {
  turn(request(), () => {
    const array = new Uint8Array(32);
    equal(crypto.getRandomValues(array), array);
    equal(array.some((byte) => byte !== 0), true);
    equal(/^[0-9a-f-]{36}$/.test(crypto.randomUUID()), true);
    equal(thrown(() => crypto.getRandomValues(new Uint8Array(65537))).name, 'QuotaExceededError');
  });
}

export function aDigestSettlesInATurnOfItsRequest() {
  const context = request();
  const seen = [];
  const started = turn(context, () => {
    crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc')).then((hash) => {
      seen.push(new Uint8Array(hash)[0], current() === context);
    });
  });
  equal(started[0].slice(0, 2), ['+', String(context.id)]);
  equal(started[0][3], 'crypto.subtle.digest');
  equal(pendingNative(), 1);
  return later(idle, () => {
    equal(seen, []);
    equal(commands(), [['q', String(context.id), started[0][2]]]);
    runJobs(context);
    equal(seen, [0xba, true]);
  });
}

export function anEndedRequestGetsNoResult() {
  const context = request();
  let ran = false;
  turn(context, () => {
    crypto.subtle.digest('SHA-1', new Uint8Array(1)).then(() => { ran = true; });
  });
  endContext(context);
  return later(idle, () => {
    equal(commands(), []);
    equal(ran, false);
  });
}

export function keysAreKeys() {
  const context = request();
  let pair;
  turn(context, () => {
    crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']).then((key) => { pair = key; });
  });
  return later(idle, () => {
    runJobs(context);
    equal(pair instanceof CryptoKey, true);
    equal([pair.type, pair.extractable, pair.algorithm.name], ['secret', true, 'HMAC']);
    equal(thrown(() => new CryptoKey()) instanceof TypeError, true);
  });
}

export function keyGenerationIsRefusedInGlobalScope() {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt']).then(
    () => { throw new Error('was allowed'); },
    (error) => equal(error.message, GLOBAL_SCOPE),
  );
}

export function digestsAreAllowedInGlobalScope() {
  return crypto.subtle.digest('SHA-1', new Uint8Array(0)).then((hash) => equal(hash.byteLength, 20));
}

export function badCallsAreRejections() {
  const context = request();
  const seen = [];
  turn(context, () => {
    crypto.subtle.digest('MD4', new Uint8Array(1)).catch((error) => seen.push(error.name));
    crypto.subtle.digest().catch((error) => seen.push(error instanceof TypeError));
    const { digest } = crypto.subtle;
    digest('SHA-1', new Uint8Array(1)).catch((error) => seen.push(error.message === ILLEGAL_INVOCATION));
  });
  return later(idle, () => {
    runJobs(context);
    equal([...seen].sort(), ['NotSupportedError', true, true].sort());
  });
}

export function classesLookLikeTheOriginals() {
  equal([String(crypto), String(crypto.subtle)], ['[object Crypto]', '[object SubtleCrypto]']);
  equal(crypto instanceof Crypto && crypto.subtle instanceof SubtleCrypto, true);
  equal(thrown(() => new Crypto()).message, 'Illegal constructor');
  equal(thrown(() => new SubtleCrypto()).message, 'Illegal constructor');
  const { randomUUID } = crypto;
  equal(thrown(() => randomUUID()).message, ILLEGAL_INVOCATION);
  equal(thrown(() => Crypto.prototype.subtle).message, ILLEGAL_INVOCATION);
}

export function manyIterationsAreRefused() {
  const context = request();
  const seen = [];
  turn(context, () => {
    crypto.subtle
      .importKey('raw', new Uint8Array(8), 'PBKDF2', false, ['deriveBits'])
      .then((key) => crypto.subtle.deriveBits({ name: 'pbkdf2', hash: 'SHA-1', salt: new Uint8Array(8), iterations: 100001 }, key, 128))
      .catch((error) => seen.push(error.name));
  });
  return later(idle, () => {
    runJobs(context);
    equal(seen, ['NotSupportedError']);
  });
}

export function equalityIsComparedInConstantTime() {
  const [a, b] = [new Uint8Array([1, 2]), new Uint8Array([1, 3])];
  equal([crypto.subtle.timingSafeEqual(a, a.buffer), crypto.subtle.timingSafeEqual(a, b)], [true, false]);
  equal(thrown(() => crypto.subtle.timingSafeEqual(a, new Uint8Array(3))) instanceof TypeError, true);
}
