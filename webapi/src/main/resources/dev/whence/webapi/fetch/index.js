// @ts-check
/**
 * The fetch standard's part of a worker's world, and the turns that serve it.
 */

import { incomingTurn } from '../streams/incoming.js';
import { cancelAnswer, writableTurn } from '../streams/outgoing.js';
import { installTransforms } from '../streams/compression.js';
import { installLazyStreams } from '../streams/web.js';
import { exposeGlobal } from './expose.js';
import { FormData } from './formdata.js';
import { Headers } from './headers.js';
import { Request } from './request.js';
import { Response } from './response.js';
import { fetch, subrequestTurn } from './subrequest.js';

export { createRequest, isRequest } from './request.js';
export { isResponse } from './response.js';
export { bodyGone, deliverResponse, handlerFailed } from './deliver.js';
export { subrequestTurn };

/** @typedef {import('../core/context.js').Context} Context */

/**
 * Defines the globals. The engine's own are replaced unseen: reading them would load its network code.
 * @param {any} scope the global object
 * @param {any} _settings of the worker
 */
export function installFetch(scope, _settings) {
  exposeGlobal(scope, 'Headers', Headers);
  exposeGlobal(scope, 'Request', Request);
  exposeGlobal(scope, 'Response', Response);
  exposeGlobal(scope, 'FormData', FormData);
  exposeGlobal(scope, 'fetch', fetch);
  Reflect.defineProperty(scope, 'fetch', { enumerable: true });
  installLazyStreams(scope);
  installTransforms(scope);
}

/**
 * A turn about a stream: `B`, `E` and `X` answer a question for bytes, `W` asks for more.
 * @param {string} code
 * @param {Context} _context
 * @param {number} stream
 * @param {string} arg
 * @param {Uint8Array} inbound the host's memory
 */
export function streamTurn(code, _context, stream, arg, inbound) {
  if (code === 'W') writableTurn(stream);
  else incomingTurn(code, stream, arg, inbound);
}

/** The client left: the source of a streamed answer hears `cancel(undefined)` (13.3). @param {Context} context */
export function clientLeft(context) {
  cancelAnswer(context);
}
