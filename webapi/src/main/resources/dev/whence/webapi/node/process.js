// @ts-check
/**
 * `node:process` for a worker: an object of its own, with nothing of the host's process behind it.
 */

import {
  NativeError,
  NativeTypeError,
  nodeRequire,
  ObjectAssign,
  ObjectDefineProperty,
  ReflectApply,
  SymbolToStringTag,
} from '../core/primordials.js';
import { current } from '../core/context.js';
import { logWarning } from '../console/console.js';
import { textOf } from '../console/describe.js';
import { queueMicrotask } from '../events/errors.js';
import { workerNow } from '../timers/clock.js';
import { events } from './streams.js';

/** @param {[number, number]} [previous] @returns {[number, number]} seconds and nanoseconds */
function hrtime(previous) {
  const now = workerNow();
  const seconds = Math.floor(now / 1000) - (previous?.[0] ?? 0);
  const nanoseconds = Math.floor((now % 1000) * 1e6) - (previous?.[1] ?? 0);
  return nanoseconds < 0 ? [seconds - 1, nanoseconds + 1e9] : [seconds, nanoseconds];
}
hrtime.bigint = () => BigInt(Math.floor(workerNow())) * 1000000n;

/** @returns {any} */
export function makeProcess() {
  const EventEmitter = events();
  const { version, versions, release } = nodeRequire('node:process');
  const process = new EventEmitter();
  ObjectAssign(process, {
    title: 'whence',
    version,
    versions: { node: versions.node },
    release: { name: release.name },
    platform: 'linux',
    arch: 'x64',
    env: {},
    argv: [],
    execArgv: [],
    pid: 1,
    ppid: 0,
    features: {},
    exitCode: undefined,
    hrtime,
    cwd: () => '/',
    uptime: () => 0,
    umask: () => 18,
    /** @param {any} callback @param {any[]} args */
    nextTick(callback, ...args) {
      if (typeof callback !== 'function') {
        throw new NativeTypeError('The "callback" argument must be of type function');
      }
      queueMicrotask(() => ReflectApply(callback, undefined, args));
    },
    /** @param {any} warning */
    emitWarning(warning) {
      logWarning(current(), textOf(warning));
    },
    exit() {
      throw new NativeError('process.exit() is not implemented');
    },
    abort() {
      throw new NativeError('process.abort() is not implemented');
    },
  });
  ObjectDefineProperty(process, SymbolToStringTag, { value: 'process', configurable: true });
  return process;
}
