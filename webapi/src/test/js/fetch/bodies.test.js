import { Request } from 'whence/fetch/request.js';
import { Response } from 'whence/fetch/response.js';
import {
  equal,
  inTurn,
  newContext,
  newRequest,
  rejects,
  sendChunk,
  sendEnd,
  sendFailure,
  startHost,
  throws,
} from './host.js';

const USED =
  'Body has already been used. It can only be used once. Use tee() first if you need to read it twice.';
const FOREIGN = '(I/O type: ReadableStreamSource>)';

/** Runs code in a turn of a new request and waits for what it returns. */
async function inside(work) {
  startHost();
  return (await inTurn(newContext(), work)).result;
}

export async function readsTextInEveryForm() {
  const make = () => new Response('\uFEFFh\u00e9');
  equal(await inside(() => make().text()), 'h\u00e9');
  equal([...new Uint8Array(await inside(() => make().arrayBuffer()))], [0xef, 0xbb, 0xbf, 0x68, 0xc3, 0xa9]);
  equal([...(await inside(() => make().bytes()))], [0xef, 0xbb, 0xbf, 0x68, 0xc3, 0xa9]);
  equal(await (await inside(() => make().blob())).text(), 'h\u00e9');
  equal(await inside(() => new Response('{"a":[1]}').json()), { a: [1] });
  await rejects(
    inside(() => new Response('{').json()),
    'SyntaxError',
  );
}

export async function readsBytesViewsBlobsAndParameters() {
  const bytes = new Uint8Array([1, 2, 3, 4]);
  equal([...(await inside(() => new Response(bytes.subarray(1, 3)).bytes()))], [2, 3]);
  equal([...(await inside(() => new Response(new DataView(bytes.buffer, 2)).bytes()))], [3, 4]);
  equal(await inside(() => new Response(new Blob(['a', 'b'], { type: 'x/y' })).text()), 'ab');
  equal(
    await inside(() => new Response(new Blob(['a'], { type: 'x/y' })).headers.get('content-type')),
    'x/y',
  );
  equal(await inside(() => new Response(new URLSearchParams({ a: '1 2' })).text()), 'a=1+2');
  equal(await inside(() => new Response(5).text()), '5');
}

export async function copiesBytesWhenTheBodyIsMade() {
  const bytes = new Uint8Array([1]);
  const response = await inside(() => new Response(bytes));
  equal(response.headers.get('content-type'), null);
  const text = await inside(() => {
    const own = new Response(bytes);
    bytes[0] = 9;
    return own.bytes();
  });
  equal([...text], [1]);
}

export async function replacesLoneSurrogates() {
  equal(await inside(() => new Response('a\ud800').text()), 'a\ufffd');
}

export async function nullBodiesGiveNothingAndAreNeverUsed() {
  equal(
    await inside(async () => {
      const response = new Response(null);
      return [await response.text(), response.bodyUsed, await response.text(), response.body];
    }),
    ['', false, '', null],
  );
}

export async function aBodyCanBeReadOnce() {
  await inside(async () => {
    const response = new Response('x');
    equal(response.bodyUsed, false);
    await response.text();
    equal(response.bodyUsed, true);
    await rejects(response.text(), 'TypeError', USED);
    throws(() => response.clone(), 'TypeError', USED);
  });
  const { context } = newRequest();
  const response = (await inTurn(context, () => new Response('x'))).result;
  await inTurn(context, () => response.text());
  const again = (await inTurn(context, () => response.text())).result;
  await rejects(again, 'TypeError', USED);
}

export async function bodyIsAByteStreamMadeOnDemand() {
  const seen = await inside(async () => {
    const response = new Response('hello');
    const stream = response.body;
    equal(stream === response.body, true);
    equal(stream instanceof ReadableStream, true);
    equal(response.bodyUsed, false);
    const reader = stream.getReader();
    const { value } = await reader.read();
    const { done } = await reader.read();
    equal(response.bodyUsed, true);
    return [new TextDecoder().decode(value), done];
  });
  equal(seen, ['hello', true]);
}

export async function readingLocksAViewHandedOutBefore() {
  await inside(async () => {
    const response = new Response('hello');
    const stream = response.body;
    equal(await response.text(), 'hello');
    equal(stream.locked, true);
    equal(response.bodyUsed, true);
  });
}

export async function aLockedBodyCannotBeRead() {
  const promise = await inside(() => {
    const response = new Response('hello');
    response.body.getReader();
    return { read: response.text(), response };
  });
  await rejects(promise.read, 'TypeError', 'currently locked to a reader');
}

export async function clonesAreIndependent() {
  equal(
    await inside(async () => {
      const response = new Response('x', { status: 201, headers: { a: 'b' } });
      const copy = response.clone();
      copy.headers.set('a', 'c');
      return [await response.text(), await copy.text(), copy.status, response.headers.get('a')];
    }),
    ['x', 'x', 201, 'b'],
  );
  equal(
    await inside(async () => {
      const stream = new ReadableStream({
        start(c) {
          c.enqueue(new Uint8Array([65]));
          c.close();
        },
      });
      const response = new Response(stream);
      const copy = response.clone();
      return [await response.text(), await copy.text()];
    }),
    ['A', 'A'],
  );
}

export async function bytesBelongToTheRequestThatMadeThem() {
  startHost();
  const a = newContext();
  const b = newContext();
  const { result: response } = await inTurn(a, () => new Response('secret', { headers: { x: 'y' } }));
  const read = (await inTurn(b, () => response.text())).result;
  await rejects(read, 'Error', FOREIGN);
  await inTurn(b, () => {
    throws(() => response.clone(), 'Error', FOREIGN);
    throws(() => response.body, 'Error', FOREIGN);
    equal(response.headers.get('x'), 'y');
    equal(response.status, 200);
    equal(response.bodyUsed, false);
  });
  equal(await (await inTurn(a, () => response.text())).result, 'secret');
}

export async function readersOfBoundStreamsCheckTheirOwner() {
  startHost();
  const a = newContext();
  const b = newContext();
  const { result } = await inTurn(a, () => {
    const response = new Response('secret');
    const [one, two] = response.body.tee();
    return { reader: one.getReader(), two };
  });
  await rejects((await inTurn(b, () => result.reader.read())).result, 'Error', FOREIGN);
  await rejects((await inTurn(b, () => result.reader.closed)).result, 'Error', FOREIGN);
  await inTurn(b, () => throws(() => result.two.getReader(), 'Error', FOREIGN));
  await inTurn(b, () => throws(() => new ReadableStreamDefaultReader(result.two), 'Error', FOREIGN));
  await rejects((await inTurn(b, () => result.two.cancel())).result, 'Error', FOREIGN);
  equal((await (await inTurn(a, () => result.reader.read())).result).value.length, 6);
}

export async function streamsOfAWorkerBelongToNobody() {
  startHost();
  const a = newContext();
  const b = newContext();
  const { result: response } = await inTurn(
    a,
    () =>
      new Response(
        new ReadableStream({
          start(c) {
            c.enqueue(new Uint8Array([66]));
            c.close();
          },
        }),
      ),
  );
  equal(await (await inTurn(b, () => response.text())).result, 'B');
}

export async function textOfAResponseNeedsARequestButOthersDoNot() {
  throws(() => new Response('x'), 'Error', 'Disallowed operation called within global scope');
  throws(() => new Response(new Uint8Array(1)), 'Error', 'global scope');
  equal(new Response(null, { status: 204 }).status, 204);
  equal(new Response(new ReadableStream()).status, 200);
  equal(await new Request('http://a/', { method: 'POST', body: 'x' }).text(), 'x');
}

export async function gathersHostBytesWithoutAStream() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 7 });
  const turn = await inTurn(context, () => request.text());
  equal(
    turn.commands.map((each) => each.code + each.values.join()),
    ['p7'],
  );
  equal(
    (await sendChunk(context, 7, new Uint8Array([0xe2, 0x82]))).map((each) => each.code),
    ['p'],
  );
  await sendChunk(context, 7, new Uint8Array([0xac]));
  equal((await sendEnd(context, 7)).length, 0);
  equal(await turn.result, '\u20ac');
  equal(request.bodyUsed, true);
}

export async function showsHostBytesAsAStreamOnDemand() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 8 });
  const first = await inTurn(context, () => {
    const reader = request.body.getReader();
    return { reader, read: reader.read() };
  });
  equal(
    first.commands.map((each) => each.code),
    ['p'],
  );
  equal((await sendChunk(context, 8, 'abc')).length, 0);
  equal(new TextDecoder().decode((await first.result.read).value), 'abc');
  const second = await inTurn(context, () => first.result.reader.read());
  equal(
    second.commands.map((each) => each.code),
    ['p'],
  );
  await sendEnd(context, 8);
  equal((await second.result).done, true);
}

export async function byobReadersOfHostBytesEnd() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 9 });
  const first = await inTurn(context, () => {
    const reader = request.body.getReader({ mode: 'byob' });
    return { reader, read: reader.read(new Uint8Array(10)) };
  });
  await sendChunk(context, 9, 'abc');
  equal((await first.result.read).value.length, 3);
  const second = await inTurn(context, () => first.result.reader.read(new Uint8Array(10)));
  await sendEnd(context, 9);
  equal((await second.result).done, true);
}

export async function cancellingAStreamCancelsTheHostBytes() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 10 });
  const turn = await inTurn(context, () => request.body.cancel());
  equal(
    turn.commands.map((each) => each.code + each.values.join()),
    ['k10'],
  );
}

export async function aBrokenBodyRejects() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 11 });
  const turn = await inTurn(context, () => request.json());
  await sendFailure(context, 11, 'connection lost');
  await rejects(turn.result, 'Error', 'connection lost');
}

export async function hostBytesBelongToTheirRequest() {
  startHost();
  const { request } = newRequest({ method: 'POST', stream: 12 });
  const other = newContext();
  await rejects((await inTurn(other, () => request.text())).result, 'Error', FOREIGN);
  await inTurn(other, () => throws(() => request.body, 'Error', FOREIGN));
}

export async function cloningARequestTeesHostBytes() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 13 });
  const turn = await inTurn(context, () => {
    const copy = request.clone();
    return Promise.all([request.text(), copy.text()]);
  });
  await sendChunk(context, 13, 'abc');
  await sendEnd(context, 13);
  equal(await turn.result, ['abc', 'abc']);
}

export async function streamsMustGiveBytes() {
  startHost();
  const turn = await inTurn(newContext(), () =>
    new Response(
      new ReadableStream({
        start(c) {
          c.enqueue({});
          c.close();
        },
      }),
    ).text(),
  );
  await rejects(turn.result, 'TypeError', 'did not return bytes');
}
