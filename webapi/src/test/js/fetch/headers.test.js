import { Headers } from 'whence/fetch/headers.js';
import { equal, newRequest, throws } from './host.js';

export async function combinesValuesOfANameInOrder() {
  const headers = new Headers([
    ['Accept', 'a'],
    ['accept', ' b\t'],
  ]);
  headers.append('ACCEPT', 'c');
  equal(headers.get('Accept'), 'a, b, c');
  equal([...headers], [['accept', 'a, b, c']]);
}

export async function iteratesSortedLowerCaseNamesWithEachSetCookieAlone() {
  const headers = new Headers({ 'X-B': '2', 'A-A': '1', 'Set-Cookie': 'a=1' });
  headers.append('set-cookie', 'b=2');
  equal(
    [...headers.entries()],
    [
      ['a-a', '1'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['x-b', '2'],
    ],
  );
  equal([...headers.keys()], ['a-a', 'set-cookie', 'set-cookie', 'x-b']);
  equal([...headers.values()], ['1', 'a=1', 'b=2', '2']);
  equal(headers.getSetCookie(), ['a=1', 'b=2']);
  equal(headers.getAll('Set-Cookie'), ['a=1', 'b=2']);
  equal(headers.get('set-cookie'), 'a=1, b=2');
}

export async function setReplacesAllAndDeleteRemovesAll() {
  const headers = new Headers([
    ['a', '1'],
    ['b', '2'],
    ['A', '3'],
  ]);
  headers.set('a', '4');
  equal(
    [...headers],
    [
      ['a', '4'],
      ['b', '2'],
    ],
  );
  headers.append('a', '5');
  headers.delete('A');
  equal([...headers], [['b', '2']]);
  headers.append('c', '6');
  headers.delete('b');
  headers.append('d', '7');
  equal(
    [...headers],
    [
      ['c', '6'],
      ['d', '7'],
    ],
  );
  equal(headers.has('C'), true);
  equal(headers.get('b'), null);
}

export async function refusesInvalidNamesAndValues() {
  const headers = new Headers();
  throws(() => headers.append('a b', 'c'), 'TypeError', '"a b" is an invalid header name');
  throws(() => headers.get(''), 'TypeError', 'invalid header name');
  throws(() => headers.set('a', 'x\ny'), 'TypeError', 'invalid header value');
  throws(() => headers.set('a', 'x\0y'), 'TypeError', 'invalid header value');
  throws(() => headers.set('a', '\u20ac'), 'TypeError', 'greater than 255');
  throws(() => headers.set('\u20ac', 'a'), 'TypeError', 'ByteString');
  throws(() => headers.append('a'), 'TypeError', '2 arguments required');
  throws(() => new Headers(null), 'TypeError');
  throws(() => new Headers(5), 'TypeError');
  throws(() => new Headers([['a', 'b', 'c']]), 'TypeError', 'length 2');
  throws(() => new Headers(['ab1']), 'TypeError');
  throws(() => headers.set('a', Symbol('x')), 'TypeError');
}

export async function stripsWhiteSpaceAroundValues() {
  const headers = new Headers({ a: ' \t\r\n x y \n', b: '', c: ' ' });
  equal(
    [...headers],
    [
      ['a', 'x y'],
      ['b', ''],
      ['c', ''],
    ],
  );
  headers.set('d', '\u00e9');
  equal(headers.get('d'), '\u00e9');
}

export async function takesHeadersRecordsAndIterables() {
  const from = new Headers({ A: '1' });
  const copy = new Headers(from);
  copy.set('a', '2');
  equal(from.get('a'), '1');
  equal([...new Headers(new Map([['q', 7]]))], [['q', '7']]);
  equal([...new Headers(new Set([new Set(['q', 'r'])]))], [['q', 'r']]);
}

export async function showsChangesDuringIteration() {
  const headers = new Headers({ a: '1', c: '3' });
  const seen = [];
  for (const [name] of headers) {
    seen.push(name);
    if (name === 'a') headers.append('b', '2');
  }
  equal(seen, ['a', 'b', 'c']);
}

export async function forEachPassesValueNameAndHeaders() {
  const headers = new Headers({ b: '2', a: '1' });
  const seen = [];
  headers.forEach(
    function (value, name, all) {
      seen.push([value, name, all === headers, this.x]);
    },
    { x: 1 },
  );
  equal(seen, [
    ['1', 'a', true, 1],
    ['2', 'b', true, 1],
  ]);
}

export async function readsHostFieldsWithoutCopyingAndIsImmutable() {
  const { request } = newRequest({ headers: ['Host', 'a', 'X-Two', '1', 'x-two', '2'] });
  equal(request.headers.get('host'), 'a');
  equal(request.headers.get('X-TWO'), '1, 2');
  equal(request.headers.has('x-tw'), false);
  throws(() => request.headers.set('a', 'b'), 'TypeError', "Can't modify immutable headers.");
  const copy = new Headers(request.headers);
  copy.delete('host');
  equal([...copy], [['x-two', '1, 2']]);
  equal(
    [...request.headers],
    [
      ['host', 'a'],
      ['x-two', '1, 2'],
    ],
  );
}

export async function hasTheShapeOfThePlatformClass() {
  equal(Object.prototype.toString.call(new Headers()), '[object Headers]');
  equal(Object.keys(Headers.prototype).sort(), [
    'append',
    'delete',
    'entries',
    'forEach',
    'get',
    'getAll',
    'getSetCookie',
    'has',
    'keys',
    'set',
    'values',
  ]);
  equal(Headers.prototype[Symbol.iterator] === Headers.prototype.entries, true);
  equal(Object.prototype.toString.call(new Headers().entries()), '[object Headers Iterator]');
  throws(() => Headers.prototype.get.call({}, 'a'), 'TypeError');
}
