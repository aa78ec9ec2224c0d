// @ts-check
/**
 * The door through which the loop's turns come in: one call a turn, for one request, with its
 * microtasks run to the end before it returns.
 */

import { NativeNumber, splitText } from './primordials.js';
import {
  contextOf,
  endContext,
  enterTurn,
  hostWantsSites,
  openContext,
  resetFrame,
  runInFrame,
} from './context.js';
import { recordSites } from './following.js';
import { takeCommands } from './outbox.js';
import { forgetAnnounced } from './provenance.js';
import { handleFetch, handleScheduled } from './handlers.js';
import { bodyGone, clientLeft, createRequest, streamTurn, subrequestTurn } from '../fetch/index.js';
import { drain } from '../events/errors.js';
import { fireTimer } from '../timers/timers.js';

/** @typedef {import('./context.js').Context} Context */

/** The memory in which the host leaves the bytes of a turn. */
/** @type {Uint8Array} */
let incoming = new Uint8Array(0);

/** @param {Uint8Array} bytes */
export function connectIncoming(bytes) {
  incoming = bytes;
}

/** The turn that runs. @type {{context: Context | null, fields: string[]}} */
const turn = { context: null, fields: [] };

/**
 * Runs one turn.
 * @param {string} message code, request number and further fields, separated by NUL
 * @returns {string | undefined} the commands of the turn
 */
export function dispatch(message) {
  const fields = splitText(message, '\0');
  const code = fields[0];
  const id = +fields[1];
  if (code === 'A') {
    const ended = contextOf(id);
    if (ended !== undefined) {
      if (fields[2] === 'client') lastTurn(ended);
      endContext(ended);
    }
    return takeCommands();
  }
  if (code === 'Z') {
    // The turn before was terminated: nothing unwound, so its traces are wiped here.
    enterTurn(null);
    resetFrame();
    return takeCommands();
  }
  if (code === 'N') {
    drain();
    return takeCommands();
  }
  const context = code === 'F' || code === 'S' ? openContext(id) : contextOf(id);
  if (context === undefined) return undefined;
  turn.context = context;
  turn.fields = fields;
  recordSites(hostWantsSites());
  forgetAnnounced();
  enterTurn(context);
  runInFrame(context.frame, runTurn);
  drain();
  enterTurn(null);
  if (context.answered && context.waitUntil === 0 && context.streams === 0) endContext(context);
  return takeCommands();
}

/** The client left in the middle of a streamed answer: its source hears of it (13.3). @param {Context} context */
function lastTurn(context) {
  enterTurn(context);
  runInFrame(context.frame, () => clientLeft(context));
  enterTurn(null);
}

function runTurn() {
  const context = /** @type {Context} */ (turn.context);
  const fields = turn.fields;
  switch (fields[0]) {
    case 'F':
      handleFetch(context, createRequest(context, fields));
      break;
    case 'S':
      handleScheduled(context, fields[2], NativeNumber(fields[3]));
      break;
    case 'T':
      fireTimer(context, +fields[2]);
      break;
    case 'G':
      // The client left, and background work keeps the request alive (12.2).
      context.answered = true;
      clientLeft(context);
      bodyGone(context);
      break;
    case 'R':
      runJob(context, +fields[2]);
      break;
    case 'B':
    case 'E':
    case 'X':
    case 'W':
      streamTurn(fields[0], context, +fields[2], fields[3], incoming);
      break;
    default:
      subrequestTurn(fields[0], context, +fields[2], fields);
  }
}

/** @param {Context} context @param {number} token */
function runJob(context, token) {
  const jobs = context.jobs;
  if (jobs === null) return;
  const job = jobs.get(token);
  if (job === undefined) return;
  jobs.delete(token);
  job();
}
