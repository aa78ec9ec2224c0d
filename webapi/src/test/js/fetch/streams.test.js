import { turnContext } from 'whence/core/context.js';
import { provenance } from 'whence/core/provenance.js';
import { madeBehind } from 'whence/streams/made.js';
import { web } from 'whence/streams/web.js';
import { answer, equal, inTurn, newContext, receiveAll, rejects, startHost, throws } from './host.js';

web();

export async function enqueueingWakesAReaderInItsOwnTurn() {
  startHost();
  const a = newContext();
  const b = newContext();
  let controller;
  const stream = new ReadableStream({
    start(c) {
      controller = c;
    },
  });
  const seen = [];
  await inTurn(a, () => {
    const reader = stream.getReader();
    reader.read().then((result) => {
      seen.push([result.value, turnContext() === a]);
    });
    reader.closed.then(() => {
      seen.push(['closed', turnContext() === a]);
    });
  });
  await inTurn(b, () => {
    controller.enqueue('x');
    controller.close();
    seen.push(['enqueued', turnContext() === b]);
  });
  equal(seen, [
    ['enqueued', true],
    ['x', true],
    ['closed', true],
  ]);
}

export async function readingWakesAWriterInItsOwnTurn() {
  startHost();
  const a = newContext();
  const b = newContext();
  const { readable, writable } = new TransformStream();
  const seen = [];
  await inTurn(a, () => {
    const writer = writable.getWriter();
    equal(writer.ready === writer.ready, true);
    writer.write('x').then(() => {
      seen.push(['written', turnContext() === a]);
    });
    writer.close().then(() => {
      seen.push(['closed', turnContext() === a]);
    });
  });
  equal(seen, []);
  const { result } = await inTurn(b, () => readable.getReader().read());
  equal((await result).value, 'x');
  equal(
    seen.map((each) => each[1]),
    [true].concat(seen.length > 1 ? [true] : []),
  );
}

export async function iteratesInItsOwnTurn() {
  startHost();
  const a = newContext();
  let controller;
  const stream = new ReadableStream({
    start(c) {
      controller = c;
    },
  });
  const seen = [];
  await inTurn(a, () => {
    const iterator = stream.values();
    iterator.next().then((step) => {
      seen.push([step.value, turnContext() === a]);
    });
  });
  await inTurn(newContext(), () => controller.enqueue(1));
  equal(seen, [[1, true]]);
}

export async function closedIsTheSamePromiseEachTime() {
  startHost();
  const { result } = await inTurn(newContext(), () => {
    const reader = new ReadableStream().getReader();
    const writer = new WritableStream().getWriter();
    return [reader.closed === reader.closed, writer.closed === writer.closed, writer.ready === writer.ready];
  });
  equal(result, [true, true, true]);
}

export async function guardedMethodsKeepTheirShape() {
  equal(
    [ReadableStreamDefaultReader.prototype.read.name, ReadableStream.prototype.pipeTo.length],
    ['read', 1],
  );
  equal(ReadableStream.prototype[Symbol.asyncIterator] === ReadableStream.prototype.values, true);
  equal(new ReadableStream().getReader() instanceof ReadableStreamDefaultReader, true);
  equal(
    new ReadableStreamDefaultReader(new ReadableStream()).constructor === ReadableStreamDefaultReader,
    true,
  );
  throws(() => ReadableStreamDefaultReader(new ReadableStream()), 'TypeError');
  await rejects(ReadableStreamDefaultReader.prototype.read.call({}), 'TypeError');
}

export async function forAwaitPipesAndTees() {
  startHost();
  const { result } = await inTurn(newContext(), async () => {
    const make = () =>
      new ReadableStream({
        start(c) {
          c.enqueue('a');
          c.enqueue('b');
          c.close();
        },
      });
    const chunks = [];
    for await (const chunk of make()) chunks.push(chunk);
    await make()
      .pipeThrough(new TransformStream())
      .pipeTo(
        new WritableStream({
          write(chunk) {
            chunks.push(chunk);
          },
        }),
      );
    const [one, two] = make().tee();
    for await (const chunk of one) chunks.push(chunk);
    for await (const chunk of two) chunks.push(chunk);
    return chunks.join('');
  });
  equal(await result, 'abababab');
}

export async function textStreamsConvert() {
  startHost();
  const { result } = await inTurn(newContext(), async () => {
    const source = new ReadableStream({
      start(c) {
        c.enqueue('h\u00e9');
        c.close();
      },
    });
    let text = '';
    for await (const chunk of source
      .pipeThrough(new TextEncoderStream())
      .pipeThrough(new TextDecoderStream()))
      text += chunk;
    return text;
  });
  equal(await result, 'h\u00e9');
}

export async function compressesAndDecompresses() {
  startHost();
  for (const format of ['gzip', 'deflate', 'deflate-raw', 'br']) {
    const { result } = await inTurn(newContext(), async () => {
      const text = 'hello world '.repeat(20000);
      const compressed = new Response(text).body.pipeThrough(new CompressionStream(format));
      const bytes = await new Response(compressed).bytes();
      const plain = new Response(bytes).body.pipeThrough(new DecompressionStream(format));
      return [bytes.length < 5000, (await new Response(plain).text()) === text];
    });
    equal(await result, [true, true], format);
  }
}

export async function refusesCorruptTruncatedAndTrailingInput() {
  startHost();
  const { result } = await inTurn(newContext(), async () => {
    for (const format of ['gzip', 'deflate', 'deflate-raw', 'br']) {
      const bytes = await new Response(
        new Response('hello world'.repeat(9)).body.pipeThrough(new CompressionStream(format)),
      ).bytes();
      const decode = (input) =>
        new Response(new Response(input).body.pipeThrough(new DecompressionStream(format))).text();
      await rejects(decode(bytes.subarray(0, bytes.length - 3)), 'TypeError', 'Decompression failed');
      const longer = new Uint8Array(bytes.length + 2).fill(7);
      longer.set(bytes);
      await rejects(decode(longer), 'TypeError', 'Decompression failed');
      await rejects(
        decode(new Uint8Array([7, 7, 7, 7, 7, 7, 7, 7, 7, 7])),
        'TypeError',
        'Decompression failed',
      );
    }
  });
  await result;
}

export async function compressionNeedsARequestAndAKnownFormat() {
  throws(() => new CompressionStream('gzip'), 'Error', 'global scope');
  throws(() => new CompressionStream('zip'), 'TypeError', 'compression format');
  throws(() => new IdentityTransformStream(), 'Error', 'global scope');
}

export async function endsOfCompressionBelongToTheirRequest() {
  startHost();
  const { result } = await inTurn(newContext(), () => new CompressionStream('gzip'));
  await inTurn(newContext(), () => {
    throws(() => result.writable.getWriter(), 'Error', '(I/O type: Writable)');
    throws(() => result.readable.getReader(), 'Error', 'ReadableStreamSource>');
  });
}

export async function fixedLengthStreamsTellTheirLength() {
  startHost();
  const context = newContext();
  const { result } = await inTurn(context, () => {
    const { readable, writable } = new FixedLengthStream(4);
    const writer = writable.getWriter();
    writer.write(new Uint8Array([65, 66, 67, 68]));
    writer.close();
    return new Response(readable);
  });
  const commands = await answer(context, result);
  equal(commands[0].values[4].split(':')[1], '4');
  equal((await receiveAll(context, commands)).length, 4);
  const { result: bad } = await inTurn(context, async () => {
    const { readable, writable } = new FixedLengthStream(1);
    readable
      .getReader()
      .read()
      .catch(() => {});
    await rejects(writable.getWriter().write(new Uint8Array(2)), 'TypeError', 'too many bytes');
  });
  await bad;
}

export async function keepsTheClassesOfStreamsAsTheyWere() {
  const classes = { ReadableStream, WritableStream, TransformStream };
  for (const [name, type] of Object.entries(classes)) {
    equal([type.name, type.length, typeof type], [name, 0, 'function']);
    equal(type.prototype.constructor === type, true);
    equal(new type() instanceof type, true);
    equal(Object.prototype.toString.call(new type()), `[object ${name}]`);
    throws(() => type(), 'TypeError');
    class Derived extends type {
      mine = 1;
    }
    const derived = new Derived();
    equal([derived instanceof Derived, derived instanceof type, derived.mine], [true, true, 1]);
  }
  throws(() => new ReadableStream({ type: 'unknown' }), 'TypeError');
  const context = newContext();
  startHost();
  const seen = [];
  await inTurn(context, async () => {
    for await (const each of ReadableStream.from(['a', 'b'])) seen.push(each);
  });
  equal(seen, ['a', 'b']);
}

export async function keepsWhereStreamsWereMadeWhileSitesAreKept() {
  startHost();
  const context = newContext();
  const before = provenance.sites;
  await inTurn(context, () => {
    provenance.sites = true;
    const { readable, writable } = new TransformStream();
    const reader = readable.getReader();
    const [one] = new ReadableStream().tee();
    equal(madeBehind(readable) !== null, true);
    equal(madeBehind(reader) === madeBehind(readable), true);
    equal(madeBehind(writable.getWriter()) === madeBehind(readable), true);
    equal(madeBehind(one) !== null, true);
    provenance.sites = false;
    equal(madeBehind(new ReadableStream()), null);
    equal(madeBehind({}), null);
    provenance.sites = before;
  });
}
