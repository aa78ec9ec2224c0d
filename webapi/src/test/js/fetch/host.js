// @ts-check
/**
 * A host for tests: runs turns of requests and reads the commands that they give.
 */

import './worker.js';
import { contextOf, endContext, enterTurn, openContext, runInFrame } from 'whence/core/context.js';
import { nodeRequire } from 'whence/core/primordials.js';
import { connectOutbox, takeCommands } from 'whence/core/outbox.js';
import { createRequest, deliverResponse, streamTurn, subrequestTurn } from 'whence/fetch/index.js';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Fields that follow each code, up to the number of headers. */
const ARITY = { r: 6, c: 2, e: 1, x: 2, f: 7, a: 1, p: 1, k: 1, q: 2, w: 2, i: 3, '!': 5, m: 4, l: 5 };

let region = new Uint8Array(64 * 1024);
/** Commands read so far in this turn. */
let commands = [];
let lastContext = 0;

/** Starts afresh. @param {number} [capacity] bytes of the outgoing region */
export function startHost(capacity = 64 * 1024) {
  takeCommands();
  region = new Uint8Array(capacity);
  commands = [];
  connectOutbox(region, read);
}

/** @param {string | undefined} text */
function read(text) {
  if (text === undefined) return;
  const fields = text.split('\0');
  let bytesAt = 0;
  const bytes = (count) => {
    bytesAt += count;
    return region.slice(bytesAt - count, bytesAt);
  };
  for (let i = 0; i < fields.length - 1;) {
    const code = fields[i++];
    const arity = ARITY[code];
    if (arity === undefined) throw new Error('unknown command ' + code);
    const values = fields.slice(i, i + arity);
    i += arity;
    const command = { code, values, headers: [], body: undefined };
    if (code === 'r' || code === 'f') {
      const count = +values[arity - 1];
      command.headers = fields.slice(i, i + 2 * count);
      i += 2 * count;
      if (values[arity - 3] === 'b') command.body = decoder.decode(bytes(+values[arity - 2]));
    } else if (code === 'c') {
      command.body = bytes(+values[1]);
    }
    commands.push(command);
  }
}

const { nextTick } = nodeRequire('node:process');

/** Lets all microtasks run, and what the engine's streams put off to its next tick. */
async function settle() {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => nextTick(resolve));
}

/**
 * Runs code in a turn of a request.
 * @param {any} context
 * @param {() => any} work
 * @returns {Promise<{result: any, commands: any[]}>} what it returned, and the commands of the turn
 */
export async function inTurn(context, work) {
  commands = [];
  enterTurn(context);
  let result;
  let failure;
  runInFrame(context.frame, () => {
    try {
      result = work();
      if (result instanceof Promise) result.catch(() => {});
    } catch (error) {
      failure = { error };
    }
  });
  await settle();
  enterTurn(null);
  read(takeCommands());
  const given = commands;
  commands = [];
  if (failure !== undefined) throw failure.error;
  // Work queued for this or another request runs in turns of its own.
  for (const command of given.filter((each) => each.code === 'q')) {
    const owner = contextOf(+command.values[0]);
    const job = owner?.jobs?.get(+command.values[1]);
    if (job === undefined) continue;
    owner.jobs.delete(+command.values[1]);
    const more = await inTurn(owner, job);
    given.push(...more.commands);
  }
  return { result, commands: given.filter((each) => each.code !== 'q') };
}

/** Opens a request context. */
export function newContext() {
  return openContext(++lastContext);
}

export { endContext };

/**
 * A client's request.
 * @param {{method?: string, url?: string, headers?: string[], stream?: number}} [request]
 */
export function newRequest(request = {}) {
  const context = newContext();
  const { method = 'GET', url = 'http://localhost:8787/', headers = [], stream = 0 } = request;
  const fields = [
    'F',
    `${context.id}`,
    method,
    url,
    `${stream}`,
    '127.0.0.1',
    'HTTP/1.1',
    `${headers.length / 2}`,
    ...headers,
    '',
  ];
  return { context, request: createRequest(context, fields) };
}

/** Hands a response to the host. @param {any} context @param {any} response */
export async function answer(context, response) {
  return (await inTurn(context, () => deliverResponse(context, response))).commands;
}

/** @param {any} context @param {number} stream @param {string | Uint8Array} chunk */
export async function sendChunk(context, stream, chunk) {
  const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
  return (await inTurn(context, () => streamTurn('B', context, stream, `${bytes.length}`, bytes))).commands;
}

/** @param {any} context @param {number} stream */
export async function sendEnd(context, stream) {
  return (await inTurn(context, () => streamTurn('E', context, stream, '', new Uint8Array(0)))).commands;
}

/** @param {any} context @param {number} stream @param {string} message */
export async function sendFailure(context, stream, message) {
  return (await inTurn(context, () => streamTurn('X', context, stream, message, new Uint8Array(0)))).commands;
}

/** @param {any} context @param {number} stream */
export async function sendWritable(context, stream) {
  return (await inTurn(context, () => streamTurn('W', context, stream, '', new Uint8Array(0)))).commands;
}

/**
 * @param {any} context @param {number} op @param {number} status
 * @param {{headers?: string[], stream?: number, statusText?: string}} [head]
 */
export async function sendHead(context, op, status, head = {}) {
  const { headers = [], stream = 0, statusText = '' } = head;
  const fields = [
    'H',
    `${context.id}`,
    `${op}`,
    `${status}`,
    statusText,
    `${stream}`,
    `${headers.length / 2}`,
    ...headers,
    '',
  ];
  return (await inTurn(context, () => subrequestTurn('H', context, op, fields))).commands;
}

/** @param {any} context @param {number} op @param {string} message */
export async function sendRefusal(context, op, message) {
  return (
    await inTurn(context, () =>
      subrequestTurn('Q', context, op, ['Q', `${context.id}`, `${op}`, message, '']),
    )
  ).commands;
}

/** Serves a streamed body to its end; the concatenated bytes. @param {any} context @param {any[]} first commands so far */
export async function receiveAll(context, first) {
  const chunks = [];
  let pending = first;
  for (let turns = 0; turns < 10000; turns++) {
    const chunk = pending.find((each) => each.code === 'c');
    if (pending.some((each) => each.code === 'x'))
      throw new Error('cut: ' + pending.find((each) => each.code === 'x').values[1]);
    if (chunk !== undefined) chunks.push(chunk.body);
    if (pending.some((each) => each.code === 'e')) break;
    if (chunk === undefined) throw new Error('stalled');
    pending = await sendWritable(context, +chunk.values[0]);
  }
  const all = new Uint8Array(chunks.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** @param {any} actual @param {any} expected @param {string} [what] */
export function equal(actual, expected, what = 'value') {
  const left = JSON.stringify(actual);
  const right = JSON.stringify(expected);
  if (left !== right) throw new Error(`${what}: expected ${right} but got ${left}`);
}

/** @param {() => any} work @param {string} name @param {string} [part] of the message */
export function throws(work, name, part = '') {
  let error;
  try {
    work();
  } catch (thrown) {
    error = thrown;
  }
  checkError(error, name, part);
}

/** @param {Promise<any>} promise @param {string} name @param {string} [part] of the message */
export async function rejects(promise, name, part = '') {
  let error;
  try {
    await promise;
  } catch (thrown) {
    error = thrown;
  }
  checkError(error, name, part);
}

/** @param {any} error @param {string} name @param {string} part */
function checkError(error, name, part) {
  if (error === undefined) throw new Error('expected ' + name + ' but nothing was thrown');
  if (error.name !== name || !`${error.message}`.includes(part)) {
    throw new Error(
      `expected ${name} with "${part}" but got ${error.name}: ${error.message}\n${error.stack}`,
    );
  }
}
