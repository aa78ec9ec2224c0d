/**
 * Plays the host: connects the outbox, runs turns, and reads their commands. The real clock and
 * timers are kept from before the globals are installed.
 */

import {
  endContext,
  enterTurn,
  openContext,
  runInFrame,
} from 'whence/core/context.js';
import { takeCommands } from 'whence/core/outbox.js';
import { drain } from 'whence/events/errors.js';
import { installWorker } from '../worker.js';

const NativePromise = globalThis.Promise;
/** The process that runs the test: what workers must not reach. */
export const hostProcess = globalThis.process;
const nativeSetTimeout = globalThis.setTimeout;
const clock = new Float64Array(1);
let lastId = 0;

/** How many fields follow the code of a command. */
const FIELDS = { t: 4, u: 1, l: 5, L: 1, '!': 5, '+': 3, '-': 2, q: 2, y: 3, i: 3, z: 1, g: 3, m: 4 };

/** Builds the globals. Call once. */
export function install(settings = {}) {
  installWorker(settings, clock.buffer);
}

export function setClock(milliseconds) {
  clock[0] = milliseconds;
}

export function request() {
  return openContext(++lastId);
}

export { endContext };

/** Commands since the last call, each an array of its fields. */
export function commands() {
  const text = takeCommands();
  if (text === undefined) return [];
  const fields = text.split('\0');
  const all = [];
  for (let i = 0; i < fields.length - 1; ) {
    const count = FIELDS[fields[i]];
    if (count === undefined) throw new Error('unknown command ' + JSON.stringify(fields[i]));
    all.push(fields.slice(i, i + 1 + count));
    i += 1 + count;
  }
  return all;
}

/** Runs a turn of a request and returns its commands. */
export function turn(context, fn) {
  commands();
  enterTurn(context);
  let failure;
  runInFrame(context.frame, () => {
    try {
      fn();
    } catch (error) {
      failure = { error };
    }
  });
  drain();
  enterTurn(null);
  if (failure !== undefined) throw failure.error;
  return commands();
}

/** Runs all queued jobs of a request, each in its turn; returns how many. */
export function runJobs(context) {
  let count = 0;
  while (context.jobs !== null && context.jobs.size > 0) {
    const token = [...context.jobs.keys()][0];
    const job = context.jobs.get(token);
    context.jobs.delete(token);
    turn(context, job);
    count++;
  }
  return count;
}

/**
 * Lets the engine's own loop work until the condition holds, then calls a function. It is called
 * outside of any microtask, so that it may run turns; tests start that way too.
 * @returns {Promise<void>}
 */
export function later(condition, fn) {
  return new NativePromise((resolve, reject) => {
    const check = (tries) => {
      if (!condition() && tries < 500) return void nativeSetTimeout(check, 1, tries + 1);
      try {
        resolve(fn());
      } catch (error) {
        reject(error);
      }
    };
    nativeSetTimeout(check, 1, 0);
  });
}

export function equal(actual, expected) {
  const [a, b] = [actual, expected].map((value) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  );
  if (!Object.is(a, b)) throw new Error(`expected ${String(b)} but got ${String(a)}`);
}

/** The error that a function throws. */
export function thrown(fn) {
  try {
    fn();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
