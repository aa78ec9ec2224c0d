import { Request } from 'whence/fetch/request.js';
import { equal, inTurn, newContext, newRequest, rejects, startHost, throws } from './host.js';

export async function showsWhatTheClientSent() {
  startHost();
  const { request } = newRequest({
    method: 'DELETE',
    url: 'http://localhost:8787/a/../b?c=d e',
    headers: ['A', '1'],
  });
  equal(request.method, 'DELETE');
  equal(request.url, 'http://localhost:8787/b?c=d%20e');
  equal(request.headers === request.headers, true);
  equal(request.redirect, 'manual');
  equal(request.body, null);
  equal(request instanceof Request, true);
}

export async function keepsUrlsInStandardForm() {
  const cases = {
    'http://localhost': 'http://localhost/',
    'HTTP://LOCALHOST:80/x': 'http://localhost/x',
    'http://127.1/': 'http://127.0.0.1/',
    'http://a/b/./c': 'http://a/b/c',
    'http://a/%41?q=\u00e9#f': 'http://a/%41?q=%C3%A9#f',
    'http://a/\\b': 'http://a//b',
    ' http://a/b\n': 'http://a/b',
    'http://a/b?x=y&z': 'http://a/b?x=y&z',
    'https://a:443/': 'https://a/',
    'http://[::1]:8080/x': 'http://[::1]:8080/x',
    'data:text/plain,x': 'data:text/plain,x',
  };
  for (const [given, wanted] of Object.entries(cases)) equal(new Request(given).url, wanted);
  throws(() => new Request('/relative'), 'TypeError', 'Invalid URL: /relative');
  throws(() => new Request('http://user:pass@a/'), 'TypeError', 'credentials');
  throws(() => new Request(), 'TypeError', '1 argument required');
}

export async function normalizesMethods() {
  equal(new Request('http://a/', { method: 'post' }).method, 'POST');
  equal(new Request('http://a/', { method: 'patch' }).method, 'patch');
  throws(() => new Request('http://a/', { method: 'trace' }), 'TypeError');
  throws(() => new Request('http://a/', { method: 'a b' }), 'TypeError', 'Invalid HTTP method string: a b');
}

export async function onlySomeMethodsCarryABody() {
  throws(() => new Request('http://a/', { body: 'x' }), 'TypeError', 'GET or HEAD');
  throws(() => new Request('http://a/', { method: 'HEAD', body: 'x' }), 'TypeError', 'GET or HEAD');
  equal(await new Request('http://a/', { method: 'PUT', body: 'x' }).text(), 'x');
}

export async function copiesARequestAndTakesItsBody() {
  const from = new Request('http://a/', { method: 'POST', body: 'x', headers: { a: 'b' }, cf: { k: 1 } });
  const copy = new Request(from, { headers: { c: 'd' } });
  equal(from.bodyUsed, true);
  equal(
    [copy.method, await copy.text(), copy.headers.get('a'), copy.headers.get('c'), copy.cf.k],
    ['POST', 'x', null, 'd', 1],
  );
  throws(() => new Request(from), 'TypeError', 'Cannot reconstruct a Request with a used body');
  const again = new Request(new Request('http://a/', { method: 'POST', body: 'x' }), { body: 'y' });
  equal(await again.text(), 'y');
}

export async function takesARequestAsInit() {
  const init = new Request('http://a/', { method: 'POST', body: 'x', headers: { a: 'b' } });
  const request = new Request('http://b/', init);
  equal(
    [request.url, request.method, request.headers.get('a'), await request.text()],
    ['http://b/', 'POST', 'b', 'x'],
  );
}

export async function forwardsTheHeadersOfAClientMutable() {
  const { request } = newRequest({ headers: ['A', '1'] });
  const copy = new Request(request);
  copy.headers.set('A', '2');
  equal([request.headers.get('a'), copy.headers.get('a'), copy.redirect], ['1', '2', 'manual']);
}

export async function defaultsTheContentTypeOfItsBody() {
  equal(
    new Request('http://a/', { method: 'POST', body: 'x' }).headers.get('content-type'),
    'text/plain;charset=UTF-8',
  );
  equal(
    new Request('http://a/', { method: 'POST', body: 'x', headers: { 'content-type': 'a/b' } }).headers.get(
      'content-type',
    ),
    'a/b',
  );
}

export async function itsSignalFollowsTheGivenOne() {
  const controller = new AbortController();
  const request = new Request('http://a/', { signal: controller.signal });
  equal(request.signal.aborted, false);
  controller.abort('why');
  equal([request.signal.aborted, request.signal.reason], [true, 'why']);
  equal(new Request(request).signal.aborted, true);
  throws(() => new Request('http://a/', { signal: {} }), 'TypeError');
  const { context, request: incoming } = newRequest();
  equal(incoming.signal.aborted, false);
  context.signalController.abort();
  equal(incoming.signal.aborted, true);
}

export async function refusesOtherRedirectModes() {
  throws(() => new Request('http://a/', { redirect: 'x' }), 'TypeError', 'Invalid redirect value');
  equal(new Request('http://a/', { redirect: 'error' }).redirect, 'error');
}

export async function canBeSubclassed() {
  class Mine extends Request {
    get url() {
      return 'mine';
    }
  }
  startHost();
  const mine = new Mine('http://a/', { method: 'POST', body: 'x' });
  equal([mine.url, mine instanceof Request], ['mine', true]);
  const copy = new Request(mine);
  equal([copy.url, await copy.text()], ['http://a/', 'x']);
  const { result } = await inTurn(newContext(), () => Request.prototype.text.call({}));
  await rejects(result, 'TypeError');
}
