import { clientLeft } from 'whence/fetch/index.js';
import { Response } from 'whence/fetch/response.js';
import {
  answer,
  equal,
  inTurn,
  newContext,
  newRequest,
  receiveAll,
  rejects,
  sendChunk,
  sendEnd,
  sendWritable,
  startHost,
  throws,
} from './host.js';

const GZIP = 'gzip';

/** @param {() => any} make */
async function answered(make) {
  const context = newContext();
  const { result } = await inTurn(context, make);
  return { context, commands: await answer(context, result) };
}

export async function checksStatusesAndReasons() {
  for (const status of [199, 600, 0, 101, NaN]) {
    throws(() => new Response(null, { status }), 'RangeError', 'in the range 200 to 599');
  }
  throws(() => new Response(null, { statusText: 'a\nb' }), 'TypeError', 'Invalid statusText');
  equal(new Response(null, { status: 299.9, statusText: 'x y' }).status, 299);
  equal(new Response(null, { status: '404' }).ok, false);
  await inTurn(newContext(), () => {
    throws(() => new Response('x', { status: 204 }), 'TypeError', 'null body status');
    equal(new Response('', { status: 204 }).body, null);
  });
}

export async function jsonRedirectAndErrorMakeResponses() {
  const { result } = await inTurn(newContext(), () => Response.json({ a: 1 }, { status: 201 }));
  equal([result.status, result.headers.get('content-type')], [201, 'application/json']);
  const kept = await inTurn(newContext(), () => Response.json(1, { headers: { 'content-type': 'a/b' } }));
  equal(kept.result.headers.get('content-type'), 'a/b');
  throws(() => Response.json(undefined), 'TypeError');
  const redirect = Response.redirect('http://a/\u00e9', 301);
  equal([redirect.status, redirect.headers.get('location')], [301, 'http://a/%C3%A9']);
  throws(() => Response.redirect('http://a', 200), 'RangeError', '200 is not a redirect status code');
  throws(() => Response.redirect('/x'), 'TypeError', 'Unable to parse URL: /x');
  throws(() => redirect.headers.set('a', 'b'), 'TypeError');
  equal([Response.error().type, Response.error().status], ['error', 0]);
}

export async function copiesStatusAndHeadersFromAnotherResponse() {
  const from = new Response(null, { status: 418, statusText: 'tea', headers: { a: 'b' } });
  const copy = new Response(null, from);
  copy.headers.set('a', 'c');
  equal([copy.status, copy.statusText, from.headers.get('a')], [418, 'tea', 'b']);
}

export async function sendsShortTextInOneCommand() {
  startHost();
  const { context, commands } = await answered(
    () => new Response('h\u00e9llo', { status: 201, statusText: 'Made', headers: { 'X-A': '1' } }),
  );
  equal(commands.length, 1);
  const [command] = commands;
  equal(command.values.slice(0, 4), [`${context.id}`, '201', 'Made', 'b']);
  equal(command.headers, ['X-A', '1', 'Content-Type', 'text/plain;charset=UTF-8']);
  equal(command.body, 'h\u00e9llo');
  equal(context.answered, true);
}

export async function sendsNoBodyForNull() {
  startHost();
  const { commands } = await answered(() => new Response(null, { headers: { 'content-length': '5' } }));
  equal([commands[0].values[3], commands[0].headers], ['n', ['content-length', '5']]);
}

export async function keepsSetCookiesApart() {
  startHost();
  const { commands } = await answered(() => {
    const response = new Response('x');
    response.headers.append('Set-Cookie', 'a=1');
    response.headers.append('Set-Cookie', 'b=2');
    return response;
  });
  equal(commands[0].headers, [
    'Content-Type',
    'text/plain;charset=UTF-8',
    'Set-Cookie',
    'a=1',
    'Set-Cookie',
    'b=2',
  ]);
}

export async function dropsALengthSetByHand() {
  startHost();
  const { commands } = await answered(
    () => new Response(new Uint8Array(3), { headers: { 'Content-Length': '99' } }),
  );
  equal([commands[0].values.slice(3, 5), commands[0].headers], [['b', '3'], []]);
}

export async function sendsBlobsAndForms() {
  startHost();
  const { commands } = await answered(() => new Response(new Blob(['ab'], { type: 'a/b' })));
  equal([commands[0].body, commands[0].headers], ['ab', ['Content-Type', 'a/b']]);
  const form = await answered(() => {
    const data = new FormData();
    data.append('a', '1');
    return new Response(data);
  });
  equal(form.commands[0].body.includes('name="a"\r\n\r\n1\r\n'), true);
}

export async function refusesWhatIsNoResponse() {
  startHost();
  for (const value of [undefined, null, 'x', 5, {}, Object.create(Response.prototype)]) {
    await rejects(answer(newContext(), value), 'TypeError', "did not resolve to 'Response'");
  }
  await rejects(answer(newContext(), Response.error()), 'TypeError', 'must not be an error response');
}

export async function refusesUsedAndForeignBodies() {
  startHost();
  const context = newContext();
  const { result: response } = await inTurn(context, () => new Response('x'));
  await rejects(answer(newContext(), response), 'Error', '(I/O type: ReadableStreamSource>)');
  await answer(context, response);
  await rejects(answer(context, response), 'TypeError', 'Body has already been used');
}

export async function sendsAnotherRequestsStreamOrNullBody() {
  startHost();
  const { result } = await inTurn(newContext(), () => [
    new Response(
      new ReadableStream({
        start(c) {
          c.enqueue('a');
          c.close();
        },
      }),
    ),
    new Response(null, { status: 204 }),
  ]);
  const context = newContext();
  const commands = await answer(context, result[0]);
  equal(new TextDecoder().decode(await receiveAll(context, commands)), 'a');
  equal((await answer(newContext(), result[1]))[0].values[1], '204');
}

export async function streamsChunksOneAtATime() {
  startHost(8);
  const { context, commands } = await answered(
    () =>
      new Response(
        new ReadableStream({
          start(c) {
            c.enqueue('0123456789');
            c.enqueue(new Uint8Array([65]).buffer);
            c.close();
          },
        }),
      ),
  );
  equal(
    commands.map((each) => each.code),
    ['r', 'c'],
  );
  equal([commands[0].values[3], commands[0].values[4].split(':')[1]], ['s', '-1']);
  equal(context.streams, 1);
  equal(new TextDecoder().decode(await receiveAll(context, commands)), '0123456789A');
  equal(context.streams, 0);
}

export async function sendsTextLargerThanTheRegionAsAStreamOfKnownLength() {
  startHost(1000);
  const { context, commands } = await answered(() => new Response('x'.repeat(2500)));
  equal(commands[0].values[4].split(':')[1], '2500');
  equal((await receiveAll(context, commands)).length, 2500);
}

export async function failsWhenAStreamFailsOrGivesNoBytes() {
  startHost();
  const bad = await answered(
    () =>
      new Response(
        new ReadableStream({
          start(c) {
            c.enqueue(5);
          },
        }),
      ),
  );
  equal(bad.commands.filter((each) => each.code === 'x').length, 1);
  const broken = await answered(
    () =>
      new Response(
        new ReadableStream({
          pull() {
            throw new Error('boom');
          },
        }),
      ),
  );
  const cut = broken.commands.find((each) => each.code === 'x');
  equal(cut.values[1], 'Error: boom');
  equal(
    broken.commands.some((each) => each.code === '!'),
    true,
  );
  equal(broken.context.streams, 0);
}

export async function wakesItsPumpInItsOwnTurnWhenAnotherRequestFeedsIt() {
  startHost();
  let controller;
  const { context, commands } = await answered(
    () =>
      new Response(
        new ReadableStream({
          start(c) {
            controller = c;
          },
        }),
      ),
  );
  equal(
    commands.map((each) => each.code),
    ['r'],
  );
  const other = newContext();
  const turn = await inTurn(other, () => controller.enqueue('hi'));
  equal(
    turn.commands.map((each) => each.code),
    ['c'],
  );
  equal(context.streams, 1);
}

export async function stopsAPumpWhenTheClientLeaves() {
  startHost();
  let reason = 'none';
  const { context, commands } = await answered(
    () =>
      new Response(
        new ReadableStream({
          pull(c) {
            c.enqueue('x');
          },
          cancel(given) {
            reason = given;
          },
        }),
      ),
  );
  equal(
    commands.map((each) => each.code),
    ['r', 'c'],
  );
  await inTurn(context, () => clientLeft(context));
  equal(reason, undefined);
  equal(context.streams, 0);
}

export async function pipesAnUntouchedHostBody() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 21 });
  const { result } = await inTurn(context, () => new Response(request.body, { headers: { a: 'b' } }));
  const commands = await answer(context, result);
  equal(
    commands.map((each) => each.code + each.values.slice(3, 5).join()),
    ['ri,21'],
  );
}

export async function pumpsAHostBodyThatPassesThroughATransform() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 22 });
  const { result } = await inTurn(
    context,
    () =>
      new Response(
        request.body.pipeThrough(
          new TransformStream({
            transform(chunk, c) {
              c.enqueue(chunk.map((b) => b + 1));
            },
          }),
        ),
      ),
  );
  let commands = await answer(context, result);
  equal(
    commands.map((each) => each.code),
    ['r'],
  );
  commands = await sendChunk(context, 22, 'AB');
  equal(
    commands.map((each) => each.code),
    ['c', 'p'],
  );
  equal([...commands[0].body], [66, 67]);
  await sendWritable(context, +commands[0].values[0]);
  const last = await sendEnd(context, 22);
  equal(
    last.map((each) => each.code),
    ['e'],
  );
}

export async function encodesForTheClientWhatSaysSo() {
  startHost();
  const { context, commands } = await answered(
    () => new Response('hello hello hello', { headers: { 'Content-Encoding': GZIP } }),
  );
  equal(commands[0].values[3], 'b');
  const stream = await answered(
    () =>
      new Response(
        new ReadableStream({
          start(c) {
            c.enqueue('hello');
            c.close();
          },
        }),
        { headers: { 'Content-Encoding': GZIP } },
      ),
  );
  const bytes = await receiveAll(stream.context, stream.commands);
  equal([bytes[0], bytes[1]], [0x1f, 0x8b]);
  const { result } = await inTurn(context, async () => {
    const plain = new Response(new Response(bytes).body.pipeThrough(new DecompressionStream('gzip')));
    return plain.text();
  });
  equal(await result, 'hello');
  const manual = await answered(
    () => new Response('raw', { headers: { 'Content-Encoding': GZIP }, encodeBody: 'manual' }),
  );
  equal(manual.commands[0].body, 'raw');
}

export async function cutsTheRequestsBodyOffWhenTheAnswerIsComplete() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 23 });
  const { result } = await inTurn(context, () => new Response('x'));
  const commands = await answer(context, result);
  equal(
    commands.map((each) => each.code),
    ['r', 'k'],
  );
  const late = await inTurn(context, () => request.text());
  await rejects(late.result, 'TypeError', "Can't read from request stream after response has been sent.");
}

export async function subclassesAndPatchedGettersChangeNothing() {
  startHost();
  class Mine extends Response {
    get status() {
      return 500;
    }
    get headers() {
      return {};
    }
  }
  const { commands } = await answered(() => new Mine('x', { status: 202 }));
  equal([commands[0].values[1], commands[0].body], ['202', 'x']);
}

export async function bodiesReadAfterTheAnswerStillEnd() {
  startHost();
  const { context, request } = newRequest({ method: 'POST', stream: 24 });
  const { result } = await inTurn(context, () => request.text());
  await sendChunk(context, 24, 'abc');
  await sendEnd(context, 24);
  equal(await result, 'abc');
}
