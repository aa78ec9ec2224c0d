import { fireTimer } from 'whence/timers/timers.js';
import { equal, hostProcess, install, request, turn } from './host.js';

install({ terminalLogs: true });
addEventListener('unhandledrejection', () => {});
addEventListener('rejectionhandled', () => {});

/** Whether a worker must not get at it: the host's process, or what carries the current request. */
function isForbidden(value) {
  if (value === hostProcess) return true;
  if (value === null || typeof value !== 'object') return false;
  return Object.hasOwn(value, 'locals') && Object.hasOwn(value, 'context');
}

/** Replaces every method of the common prototypes by one that looks at what passes. */
function spy(seen) {
  const { apply, getOwnPropertyDescriptor, defineProperty, ownKeys } = Reflect;
  const { hasOwn } = Object;
  const undo = [];
  let busy = true;
  const look = (value, name) => {
    if (busy) return;
    busy = true;
    if (isForbidden(value)) seen[seen.length] = name;
    busy = false;
  };
  for (const type of [Array, Function, Map, Set, WeakMap, Object, String, RegExp, Error, EventTarget, Event]) {
    const prototype = type.prototype;
    for (const key of ownKeys(prototype)) {
      const descriptor = getOwnPropertyDescriptor(prototype, key);
      const original = descriptor.value;
      if (key === 'constructor' || !descriptor.configurable || typeof original !== 'function') continue;
      undo[undo.length] = [prototype, key, descriptor];
      const value = function (...args) {
        look(this, key);
        for (let i = 0; i < args.length; i++) {
          look(args[i], key);
          if (args[i] !== null && typeof args[i] === 'object' && hasOwn(args[i], 0)) look(args[i][0], key);
        }
        return apply(original, this, args);
      };
      defineProperty(prototype, key, { value, writable: true, configurable: true });
    }
  }
  busy = false;
  return () => {
    busy = true;
    for (let i = 0; i < undo.length; i++) defineProperty(undo[i][0], undo[i][1], undo[i][2]);
  };
}

export function patchedBuiltInsSeeNothingOfTheHost() {
  const seen = [];
  const stop = spy(seen);
  const context = request();
  let id;
  let promise;
  try {
    turn(context, () => {
      console.log({ a: [1, new Map([[1, 2]])] }, new Error('x'), new URL('http://a/b?c'));
      id = setTimeout(() => { throw new Error('timer'); }, 5);
      promise = Promise.reject(1);
      queueMicrotask(() => { throw new Error('microtask'); });
      const target = new EventTarget();
      target.addEventListener('x', () => { throw new Error('listener'); });
      target.dispatchEvent(new Event('x'));
      AbortSignal.timeout(5);
      AbortSignal.any([new AbortController().signal]);
      new Blob(['a']).text();
      crypto.randomUUID();
      structuredClone({ a: 1 });
    });
    turn(context, () => { promise.catch(() => {}); });
    turn(context, () => fireTimer(context, id));
  } finally {
    stop();
  }
  equal(seen, []);
}
