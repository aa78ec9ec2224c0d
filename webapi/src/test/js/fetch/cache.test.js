import { connectClock } from 'whence/core/context.js';
import { Response } from 'whence/fetch/response.js';
import { Cache } from 'whence/cache/cache.js';
import { equal, inTurn, newContext, rejects, startHost, throws } from './host.js';

const clock = new Float64Array([1_700_000_000_000]);
let lastName = 0;

/** Runs code with an empty cache in a request. @param {(cache: any) => any} work */
async function withCache(work) {
  startHost();
  connectClock(clock);
  const { result } = await inTurn(newContext(), async () => work(await caches.open('c' + ++lastName)));
  return result;
}

const URL_A = 'http://a/x';
const keep = { headers: { 'Cache-Control': 'max-age=60' } };

export async function keepsAndGivesBack() {
  await withCache(async (cache) => {
    equal(await cache.match(URL_A), undefined);
    await cache.put(
      URL_A,
      new Response('text', { status: 200, headers: { 'Cache-Control': 'max-age=60', 'X-A': '1' } }),
    );
    const first = await cache.match(URL_A + '#fragment');
    const second = await cache.match(new Request(URL_A));
    equal([await first.text(), await second.text()], ['text', 'text']);
    equal(
      [first.headers.get('x-a'), first.headers.get('cf-cache-status'), first.headers.get('content-type')],
      ['1', 'HIT', 'text/plain;charset=UTF-8'],
    );
    equal(await cache.delete(URL_A), true);
    equal(await cache.delete(URL_A), false);
    equal(await cache.match(URL_A), undefined);
  });
}

export async function serveOtherRequests() {
  startHost();
  connectClock(clock);
  await (
    await inTurn(newContext(), () => caches.default.put(URL_A + '/shared', new Response('s', keep)))
  ).result;
  const { result } = await inTurn(newContext(), async () =>
    (await caches.default.match(URL_A + '/shared')).text(),
  );
  equal(await result, 's');
}

export async function forgetsWhatIsTooOld() {
  await withCache(async (cache) => {
    await cache.put(URL_A, new Response('x', { headers: { 'Cache-Control': 'max-age=60, s-maxage="10"' } }));
    clock[0] += 9_999;
    equal((await cache.match(URL_A)) !== undefined, true);
    clock[0] += 1;
    equal(await cache.match(URL_A), undefined);
    await cache.put(
      URL_A,
      new Response('x', { headers: { Expires: new Date(clock[0] + 5000).toUTCString() } }),
    );
    equal((await cache.match(URL_A)) !== undefined, true);
    clock[0] += 6000;
    equal(await cache.match(URL_A), undefined);
  });
}

export async function obeysCacheControl() {
  await withCache(async (cache) => {
    for (const control of ['no-store', 'private', 'no-cache', 'max-age=0']) {
      await cache.put(URL_A, new Response('x', { headers: { 'Cache-Control': control } }));
      equal(await cache.match(URL_A), undefined, control);
    }
    await cache.put(URL_A, new Response('x', { headers: { 'Set-Cookie': 'a=b' } }));
    equal(await cache.match(URL_A), undefined);
    await cache.put(
      URL_A,
      new Response('x', {
        headers: { 'Set-Cookie': 'a=b', 'Cache-Control': 'private=Set-Cookie, max-age=5' },
      }),
    );
    equal((await cache.match(URL_A)).headers.get('set-cookie'), null);
    await cache.delete(URL_A);
    await cache.put(URL_A, new Response('x', { status: 500 }));
    equal(await cache.match(URL_A), undefined);
  });
}

export async function refusesWhatCannotBeKept() {
  await withCache(async (cache) => {
    await rejects(
      cache.put(new Request(URL_A, { method: 'POST' }), new Response('x')),
      'TypeError',
      'non-GET',
    );
    await rejects(cache.put(URL_A, new Response('x', { status: 206 })), 'TypeError', '206 Partial Content');
    await rejects(cache.put(URL_A, new Response('x', { headers: { Vary: '*' } })), 'TypeError', 'Vary');
    await rejects(cache.put(URL_A, {}), 'TypeError');
    await rejects(cache.put('x', new Response('x')), 'TypeError', 'Invalid URL');
    await cache.put(URL_A, new Response(new Uint8Array(9 * 1024 * 1024), keep));
    equal(await cache.match(URL_A), undefined);
  });
}

export async function matchesOtherMethodsOnlyWhenAsked() {
  await withCache(async (cache) => {
    await cache.put(URL_A, new Response('x', keep));
    const post = new Request(URL_A, { method: 'POST' });
    equal(await cache.match(post), undefined);
    equal((await cache.match(post, { ignoreMethod: true })).status, 200);
    equal([await cache.delete(post), await cache.delete(post, { ignoreMethod: true })], [false, true]);
  });
}

export async function answersConditionsAndRanges() {
  await withCache(async (cache) => {
    await cache.put(
      URL_A,
      new Response('0123456789', {
        headers: { ...keep.headers, ETag: '"t"', 'Last-Modified': 'Tue, 01 Aug 2023 00:00:00 GMT' },
      }),
    );
    const ask = (headers) => cache.match(new Request(URL_A, { headers }));
    equal((await ask({ 'If-None-Match': '"s", W/"t"' })).status, 304);
    equal((await ask({ 'If-None-Match': '"s"' })).status, 200);
    equal((await ask({ 'If-Modified-Since': 'Wed, 02 Aug 2023 00:00:00 GMT' })).status, 304);
    const part = await ask({ Range: 'bytes=2-4' });
    equal([part.status, await part.text(), part.headers.get('content-range')], [206, '234', 'bytes 2-4/10']);
    equal(await (await ask({ Range: 'bytes=-3' })).text(), '789');
    equal(await (await ask({ Range: 'bytes=7-' })).text(), '789');
    equal((await ask({ Range: 'bytes=10-' })).status, 416);
    equal((await ask({ Range: 'bytes=0-1,3-4' })).status, 200);
  });
}

export async function dropsTheLeastRecentlyUsedFirst() {
  await withCache(async (cache) => {
    const big = () => new Response(new Uint8Array(7 * 1024 * 1024), keep);
    for (let i = 0; i < 4; i++) await cache.put(URL_A + i, big());
    await cache.match(URL_A + 0);
    await cache.put(URL_A + 4, big());
    const there = [];
    for (let i = 0; i < 5; i++) there.push((await cache.match(URL_A + i)) !== undefined);
    equal(there, [true, false, true, true, true]);
    for (let i = 0; i < 5; i++) await cache.delete(URL_A + i);
  });
}

export async function needsARequest() {
  await rejects(caches.default.match(URL_A), 'Error', 'global scope');
  await rejects(caches.open('x'), 'Error', 'global scope');
  throws(() => new Cache(), 'TypeError', 'Illegal constructor');
}
