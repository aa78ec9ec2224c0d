// What the tests share.

export function equal(actual, expected) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
}

export function isTrue(value, what = 'it') {
  if (value !== true) throw new Error(`${what} is ${value}`);
}

/** An event as the server sends it. */
export function ended(number, request, more = {}) {
  const { url = `http://h/${request}`, outcome = 'ok', logs = [], whence = {}, timeline, exceptions = [] } = more;
  return {
    number,
    matters: false,
    item: {
      outcome, exceptions, logs, eventTimestamp: 1_000 + number, wallTime: 5,
      event: { request: { url, method: 'GET', headers: {} } },
      whence: { request, isolate: 1, ...whence },
    },
    timeline,
  };
}
