// @ts-check
/**
 * The module `cloudflare:workers`: base classes of entrypoints, and what a handler gets as arguments,
 * for code that has no handler at hand.
 */

import { waitUntil } from './handlers.js';

/** Base of classes whose instances handle events: each event gets one of its own. */
class WorkerEntrypoint {
  /** @param {any} ctx @param {any} env */
  constructor(ctx, env) {
    this.ctx = ctx;
    this.env = env;
  }
}

/** Base of classes whose instances may be passed to other workers. */
class RpcTarget {}

/** @param {any} env the worker's bindings */
export function entrypointExports(env) {
  const exports = { WorkerEntrypoint, RpcTarget, env, waitUntil };
  return { ...exports, default: exports };
}
