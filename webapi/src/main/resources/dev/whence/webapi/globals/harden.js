// @ts-check
/**
 * Takes away what the engine's objects would tell a worker about the engine, or let it change there.
 */

import { nodeRequire, ObjectDefineProperty } from '../core/primordials.js';

/** The engine's way to send an object to another thread opens ports. @param {any} prototype */
function removeTransfer(prototype) {
  for (const symbol of Object.getOwnPropertySymbols(prototype)) {
    if (String(symbol.description).startsWith('messaging_')) delete prototype[symbol];
  }
}

/**
 * The engine copies its continuation data through a Map's iterator whenever a frame is entered. With
 * a replaced `next` a worker would get at the frames, and so forge the current request.
 */
function fixIterators() {
  const iterators = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator]()];
  for (const iterator of iterators) {
    ObjectDefineProperty(Object.getPrototypeOf(iterator), 'next', {
      writable: false,
      configurable: false,
    });
  }
}

/** Buffers must share no memory with one another: none comes from a pool. */
function unpoolBuffers() {
  nodeRequire('node:buffer').Buffer.poolSize = 0;
}

/** @param {any} scope the global object */
export function harden(scope) {
  fixIterators();
  unpoolBuffers();
  removeTransfer(scope.AbortSignal.prototype);
  delete scope.URL.createObjectURL;
  delete scope.URL.revokeObjectURL;
}
