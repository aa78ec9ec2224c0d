import { turnContext } from 'whence/core/context.js';
import { nodeRequire } from 'whence/core/primordials.js';
import { fetch } from 'whence/fetch/subrequest.js';
import { Response } from 'whence/fetch/response.js';
import { Request } from 'whence/fetch/request.js';
import {
  answer,
  endContext,
  equal,
  inTurn,
  newContext,
  newRequest,
  receiveAll,
  rejects,
  sendChunk,
  sendEnd,
  sendFailure,
  sendHead,
  sendRefusal,
  sendWritable,
  startHost,
} from './host.js';

const zlib = nodeRequire('node:zlib');

/** Starts a fetch in a new request. */
async function start(...args) {
  startHost();
  const context = newContext();
  const { result, commands } = await inTurn(context, () => fetch(...args));
  const op = commands.length > 0 ? +commands[0].values[1] : 0;
  return { context, promise: result, commands, op, command: commands[0] };
}

export async function sendsOneCommandAHop() {
  const { context, command, commands } = await start('http://a/b?c#frag', {
    headers: { 'X-A': '1', Host: 'evil', Connection: 'close' },
  });
  equal(commands.length, 1);
  equal(
    [command.code, command.values[0], ...command.values.slice(2, 5)],
    ['f', `${context.id}`, 'GET', 'http://a/b?c', 'n'],
  );
  equal(command.headers, ['X-A', '1']);
}

export async function sendsBytesInlineWithTheirType() {
  const { command } = await start('http://a/', { method: 'POST', body: 'h\u00e9' });
  equal(
    [command.values[4], command.body, command.headers],
    ['b', 'h\u00e9', ['Content-Type', 'text/plain;charset=UTF-8']],
  );
}

export async function givesAResponseWithImmutableHeaders() {
  const { context, promise, op } = await start('http://a/b#x');
  await sendHead(context, op, 201, {
    headers: ['X-A', '1', 'Set-Cookie', 'a', 'Set-Cookie', 'b'],
    stream: -5,
    statusText: 'Made',
  });
  const response = await promise;
  equal(
    [response.status, response.statusText, response.url, response.redirected, response.ok],
    [201, 'Made', 'http://a/b', false, true],
  );
  equal(response.headers.getSetCookie(), ['a', 'b']);
  await rejects((async () => response.headers.set('a', 'b'))(), 'TypeError', 'immutable');
  const read = await inTurn(context, () => response.text());
  equal(
    read.commands.map((each) => each.code + each.values),
    ['p-5'],
  );
  await sendChunk(context, -5, 'body');
  await sendEnd(context, -5);
  equal(await read.result, 'body');
}

export async function rejectsWhenTheTransportFails() {
  const { context, promise, op } = await start('http://a/');
  await sendRefusal(context, op, 'connect to http://a/ failed: connection refused');
  await rejects(promise, 'TypeError', 'connection refused');
}

export async function rejectsOutsideOfRequestsAndForOtherSchemes() {
  await rejects(fetch('http://a/'), 'Error', 'Disallowed operation called within global scope');
  await rejects((await start('ftp://a/')).promise, 'TypeError', 'ftp:');
  await rejects((await start('nonsense')).promise, 'TypeError', 'Invalid URL: nonsense');
}

export async function servesDataUrls() {
  const { context, promise } = await start('data:text/x;charset=utf-8;base64,aGk=');
  const response = await promise;
  equal([response.status, response.headers.get('content-type')], [200, 'text/x;charset=utf-8']);
  equal(await (await inTurn(context, () => response.text())).result, 'hi');
}

export async function followsRedirects() {
  const { context, promise, op } = await start('http://a/x', {
    method: 'POST',
    body: 'data',
    headers: { Authorization: 's', Cookie: 'c', 'X-Y': 'z' },
  });
  const [second] = (await sendHead(context, op, 307, { headers: ['Location', '/y'], stream: -9 })).slice(-1);
  equal([...second.values.slice(2, 5), second.body], ['POST', 'http://a/y', 'b', 'data']);
  const commands = await sendHead(context, +second.values[1], 302, { headers: ['location', 'https://b/'] });
  const [third] = commands;
  equal([...third.values.slice(2, 5)], ['GET', 'https://b/', 'n']);
  equal(third.headers, ['X-Y', 'z']);
  await sendHead(context, +third.values[1], 200);
  const response = await promise;
  equal([response.url, response.redirected], ['https://b/', true]);
}

export async function cancelsTheBodyOfARedirect() {
  const { context, op } = await start('http://a/');
  const commands = await sendHead(context, op, 303, { headers: ['location', '/b'], stream: -3 });
  equal(
    commands.map((each) => each.code),
    ['k', 'f'],
  );
}

export async function obeysTheRedirectMode() {
  const manual = await start('http://a/', { redirect: 'manual' });
  await sendHead(manual.context, manual.op, 302, { headers: ['location', '/b'] });
  equal([(await manual.promise).status, (await manual.promise).headers.get('location')], [302, '/b']);
  const error = await start('http://a/', { redirect: 'error' });
  await sendHead(error.context, error.op, 302, { headers: ['location', '/b'] });
  await rejects(error.promise, 'TypeError', 'redirect');
  const none = await start('http://a/');
  await sendHead(none.context, none.op, 302);
  equal((await none.promise).status, 302);
}

export async function refusesEndlessAndStrangeRedirects() {
  const { context, promise, op } = await start('http://a/');
  let current = op;
  for (let i = 0; i < 20; i++) {
    const [next] = await sendHead(context, current, 302, { headers: ['location', '/' + i] });
    current = +next.values[1];
  }
  await sendHead(context, current, 302, { headers: ['location', '/again'] });
  await rejects(promise, 'TypeError', 'Too many redirects');
  const file = await start('http://a/');
  await sendHead(file.context, file.op, 302, { headers: ['location', 'file:///etc/passwd'] });
  await rejects(file.promise, 'TypeError', 'file:');
  const junk = await start('http://a/');
  await sendHead(junk.context, junk.op, 302, { headers: ['location', 'http://[/'] });
  await rejects(junk.promise, 'TypeError', 'no URL');
}

export async function doesNotReplayAStream() {
  const body = new ReadableStream({
    start(c) {
      c.enqueue('x');
      c.close();
    },
  });
  const { context, promise, op, commands } = await start('http://a/', {
    method: 'POST',
    body,
    duplex: 'half',
  });
  equal(
    commands.map((each) => each.code),
    ['f', 'c'],
  );
  await sendHead(context, op, 307, { headers: ['location', '/b'] });
  await rejects(promise, 'TypeError', 'one-time-use body');
}

export async function uploadsAStream() {
  const body = new ReadableStream({
    start(c) {
      c.enqueue('one');
      c.enqueue('two');
      c.close();
    },
  });
  const { context, commands, command } = await start('http://a/', { method: 'PUT', body });
  equal([command.values[4], command.values[5].split(':')[1]], ['s', '-1']);
  equal(new TextDecoder().decode(await receiveAll(context, commands)), 'onetwo');
  equal(context.streams, 0);
}

export async function failsWhenItsUploadFails() {
  const body = new ReadableStream({
    start(c) {
      c.error(new RangeError('bad'));
    },
  });
  const { promise, commands } = await start('http://a/', { method: 'PUT', body });
  equal(
    commands.map((each) => each.code),
    ['f', 'x', 'a'],
  );
  await rejects(promise, 'RangeError', 'bad');
}

export async function pipesTheClientsBodyFromHostToHost() {
  startHost();
  const { context, request } = newRequest({
    method: 'POST',
    url: 'http://x/p',
    stream: -31,
    headers: ['A', '1', 'Host', 'x', 'Content-Length', '3'],
  });
  const { commands } = await inTurn(context, () => fetch(request));
  equal(
    [commands[0].values.slice(2, 6), commands[0].headers],
    [
      ['POST', 'http://x/p', 'i', '-31'],
      ['A', '1'],
    ],
  );
  equal(request.bodyUsed, true);
}

export async function forwardsAResponseUnread() {
  const { context, promise, op } = await start('http://a/');
  await sendHead(context, op, 200, {
    headers: ['Content-Encoding', 'gzip', 'Content-Length', '20'],
    stream: -41,
  });
  const commands = await answer(context, await promise);
  equal(commands[0].values.slice(1, 5), ['200', '', 'i', '-41']);
  equal(commands[0].headers, ['Content-Encoding', 'gzip', 'Content-Length', '20']);
}

export async function forwardsAnUnreadBodyUnderNewHeaders() {
  const { context, promise, op } = await start('http://a/');
  await sendHead(context, op, 200, { headers: ['Content-Encoding', 'gzip'], stream: -42 });
  const response = await promise;
  const { result } = await inTurn(context, () => {
    const copy = new Response(response.body, response);
    copy.headers.set('X-New', '1');
    return copy;
  });
  const commands = await answer(context, result);
  equal([commands[0].values[3], commands[0].headers], ['i', ['Content-Encoding', 'gzip', 'X-New', '1']]);
}

export async function decodesWhatIsRead() {
  const codings = {
    gzip: zlib.gzipSync,
    br: zlib.brotliCompressSync,
    deflate: zlib.deflateSync,
    Deflate: zlib.deflateRawSync,
  };
  let stream = -50;
  for (const [coding, encode] of Object.entries(codings)) {
    const { context, promise, op } = await start('http://a/');
    await sendHead(context, op, 200, { headers: ['Content-Encoding', coding], stream: --stream });
    const read = await inTurn(context, async () => (await promise).text());
    const bytes = encode('hello '.repeat(100));
    await sendChunk(context, stream, bytes.subarray(0, 5));
    await sendChunk(context, stream, bytes.subarray(5));
    await sendEnd(context, stream);
    equal(await read.result, 'hello '.repeat(100));
  }
}

export async function decodesAForwardedBodyWhenTheCodingWasDropped() {
  const { context, promise, op } = await start('http://a/');
  await sendHead(context, op, 200, { headers: ['Content-Encoding', 'gzip'], stream: -70 });
  const response = await promise;
  const { result } = await inTurn(context, () => new Response(response.body));
  const commands = await answer(context, result);
  equal(
    commands.map((each) => each.code + (each.values[3] ?? '')),
    ['rs', 'p'],
  );
  const more = await sendChunk(context, -70, zlib.gzipSync('plain'));
  equal(new TextDecoder().decode(more.find((each) => each.code === 'c').body), 'plain');
  await sendWritable(context, +more[0].values[0]);
  const last = await sendEnd(context, -70);
  equal(
    last.map((each) => each.code),
    ['e'],
  );
}

export async function corruptContentRejects() {
  const { context, promise, op } = await start('http://a/');
  await sendHead(context, op, 200, { headers: ['Content-Encoding', 'gzip'], stream: -71 });
  const read = await inTurn(context, async () => (await promise).text());
  const commands = await sendChunk(context, -71, 'no gzip at all');
  equal(
    commands.map((each) => each.code),
    ['k'],
  );
  await rejects(read.result, 'TypeError', 'Decompression failed');
}

export async function abortsBeforeDuringAndAfterTheHead() {
  const reason = new Error('why');
  const early = await start('http://a/', { signal: AbortSignal.abort(reason) });
  equal(early.commands.length, 0);
  await rejects(early.promise, 'Error', 'why');

  const controller = new AbortController();
  const waiting = await start('http://a/', { signal: controller.signal });
  const { commands } = await inTurn(waiting.context, () => controller.abort(reason));
  equal(
    commands.map((each) => each.code),
    ['a'],
  );
  await rejects(waiting.promise, 'Error', 'why');
  equal(
    (await sendHead(waiting.context, waiting.op, 200, { stream: -80 })).map((each) => each.code),
    ['k'],
  );

  const late = new AbortController();
  const reading = await start('http://a/', { signal: late.signal });
  await sendHead(reading.context, reading.op, 200, { stream: -81 });
  const read = await inTurn(reading.context, async () => (await reading.promise).text());
  const turn = await inTurn(reading.context, () => late.abort());
  equal(
    turn.commands.map((each) => each.code),
    ['k'],
  );
  await rejects(read.result, 'AbortError');
}

export async function anAbortByAnotherRequestSettlesInTheOwnersTurn() {
  const controller = new AbortController();
  const { context, promise } = await start('http://a/', { signal: controller.signal });
  let during;
  await inTurn(context, () =>
    promise.catch(() => {
      during = turnContext();
    }),
  );
  await inTurn(newContext(), () => controller.abort());
  equal(during === context, true);
}

export async function disappearsWithItsRequest() {
  const { context, promise, op } = await start('http://a/');
  let settled = false;
  await inTurn(context, () => {
    promise.then(
      () => {
        settled = true;
      },
      () => {
        settled = true;
      },
    );
  });
  endContext(context);
  equal((await inTurn(newContext(), () => undefined)).commands.length, 0);
  await sendHead(context, op, 200, { stream: -90 });
  equal(settled, false);
}

export async function refusesAnotherRequestsBody() {
  startHost();
  const { result: request } = await inTurn(
    newContext(),
    () => new Request('http://a/', { method: 'POST', body: 'x' }),
  );
  const { result } = await inTurn(newContext(), () => fetch(request));
  await rejects(result, 'Error', 'different request');
}

export async function aBrokenDownloadRejects() {
  const { context, promise, op } = await start('http://a/');
  await sendHead(context, op, 200, { stream: -91 });
  const read = await inTurn(context, async () => (await promise).json());
  await sendFailure(context, -91, 'http://a/ broke off');
  await rejects(read.result, 'Error', 'broke off');
}

export async function bodilessAnswersHaveNullBodies() {
  const { context, promise, op } = await start('http://a/');
  const commands = await sendHead(context, op, 204, { stream: -92 });
  equal(
    commands.map((each) => each.code),
    ['k'],
  );
  equal((await promise).body, null);
  const head = await start('http://a/', { method: 'HEAD' });
  await sendHead(head.context, head.op, 200, { headers: ['content-length', '7'] });
  equal((await head.promise).headers.get('content-length'), '7');
}

export async function uploadsAFormAsMultipart() {
  const data = new FormData();
  data.append('f', new File(['abc'], 'a.txt', { type: 'text/plain' }));
  const { command } = await start('http://a/', { method: 'POST', body: data });
  const type = command.headers[1];
  equal(type.startsWith('multipart/form-data; boundary='), true);
  equal(command.body.startsWith('--' + type.slice(30)), true);
  equal(command.body.includes('filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nabc\r\n'), true);
}
