import { FormData } from 'whence/fetch/formdata.js';
import { Response } from 'whence/fetch/response.js';
import { equal, inTurn, newContext, rejects, startHost, throws } from './host.js';

/** @param {string} body @param {string} type */
async function parse(body, type) {
  startHost();
  const { result } = await inTurn(newContext(), () =>
    new Response(body, { headers: { 'content-type': type } }).formData(),
  );
  return result;
}

const MULTIPART = 'multipart/form-data; boundary="X y"';

export async function appendsSetsAndDeletes() {
  const data = new FormData();
  data.append('a', 1);
  data.append('b', '2');
  data.append('a', '3');
  equal(
    [...data],
    [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ],
  );
  equal([data.get('a'), data.getAll('a'), data.get('z'), data.has('b')], ['1', ['1', '3'], null, true]);
  data.set('a', '4');
  equal(
    [...data.entries()],
    [
      ['a', '4'],
      ['b', '2'],
    ],
  );
  data.delete('a');
  data.append('c', '5');
  equal([...data.keys()], ['b', 'c']);
  equal([...data.values()], ['2', '5']);
  throws(() => data.append('a'), 'TypeError', '2 arguments');
  throws(() => data.append('a', 'b', 'c'), 'TypeError');
  throws(() => new FormData({}), 'TypeError');
}

export async function makesFilesOfBlobs() {
  const data = new FormData();
  data.append('a', new Blob(['x'], { type: 't/u' }));
  data.append('b', new Blob(['x']), 'name.txt');
  const file = new File(['y'], 'own.txt', { lastModified: 5 });
  data.append('c', file);
  data.append('d', file, 'other.txt');
  equal(data.get('a').name, 'blob');
  equal(data.get('a').type, 't/u');
  equal(data.get('b').name, 'name.txt');
  equal(data.get('c') === file, true);
  equal([data.get('d').name, data.get('d').lastModified], ['other.txt', 5]);
}

export async function readsMultipart() {
  const data = await parse(
    'preamble\r\n--X y\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n--X y  \r\n' +
      'content-disposition: form-data; name="f%22"; filename="C:\\\\d\\x.txt"\r\nContent-Type: text/x\r\n\r\n\r\nfile\r\n\r\n--X y\r\n' +
      'Content-Disposition: form-data; name=e\r\n\r\n\r\n--X y--\r\nepilogue',
    MULTIPART,
  );
  equal([...data.keys()], ['a', 'f"', 'e']);
  equal([data.get('a'), data.get('e')], ['one', '']);
  const file = data.get('f"');
  equal([file.name, file.type, await file.text()], ['C:\\d\\x.txt', 'text/x', '\r\nfile\r\n']);
}

export async function refusesMalformedMultipart() {
  for (const body of [
    '',
    'x',
    '--X y',
    '--X y\r\n',
    '--X y\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
    '--X y\r\n\r\nx\r\n--X y--',
    '--X y\r\nnonsense\r\n\r\nx\r\n--X y--',
  ]) {
    await rejects(parse(body, MULTIPART), 'TypeError');
  }
  await rejects(parse('x', 'multipart/form-data'), 'TypeError', 'No boundary');
  await rejects(parse('x', 'text/plain'), 'TypeError', 'Unrecognized Content-Type');
}

export async function anEmptyMultipartHasNoFields() {
  equal([...(await parse('--X y--\r\n', MULTIPART))], []);
}

export async function readsUrlEncoded() {
  const data = await parse('?a=1+2&b=%C3%A9&a=', 'application/x-www-form-urlencoded; charset=utf-8');
  equal(
    [...data],
    [
      ['?a', '1 2'],
      ['b', '\u00e9'],
      ['a', ''],
    ],
  );
}

export async function makesARoundTrip() {
  startHost();
  const { result } = await inTurn(newContext(), async () => {
    const data = new FormData();
    data.append('na"me\n', 'line\nbreak');
    data.append('f', new File([new Uint8Array([0, 255, 13, 10])], 'q"\r.bin'));
    return new Response(data).formData();
  });
  const data = await result;
  equal(data.get('na"me\r\n'), 'line\r\nbreak');
  const file = data.get('f');
  equal([file.name, file.type], ['q"\r.bin', 'application/octet-stream']);
  equal([...new Uint8Array(await file.arrayBuffer())], [0, 255, 13, 10]);
}
