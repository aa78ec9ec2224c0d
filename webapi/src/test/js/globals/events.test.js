import { current } from 'whence/core/context.js';
import { drain, globalListeners } from 'whence/events/errors.js';
import { commands, equal, install, request, runJobs, thrown, turn } from './host.js';

install({});

/** Listens during a call. */
function listening(type, listener, body) {
  addEventListener(type, listener);
  try {
    body();
  } finally {
    removeEventListener(type, listener);
  }
}

export function theGlobalObjectIsAnEventTarget() {
  const seen = [];
  const listener = function (event) {
    seen.push([this === globalThis, event.target === globalThis, event.currentTarget === globalThis, event.type]);
    event.preventDefault();
  };
  listening('custom', listener, () => {
    equal(dispatchEvent(new Event('custom', { cancelable: true })), false);
  });
  equal(dispatchEvent(new Event('custom')), true);
  equal(seen, [[true, true, true, 'custom']]);
  equal(thrown(() => dispatchEvent({ type: 'x' })) instanceof TypeError, true);
  equal(globalThis instanceof EventTarget, true);
}

export function listenersObeyTheirOptions() {
  const seen = [];
  const once = () => seen.push('once');
  const object = { handleEvent() { seen.push(this === object); } };
  const controller = new AbortController();
  addEventListener('o', once, { once: true });
  addEventListener('o', object);
  addEventListener('o', object);
  addEventListener('o', () => seen.push('signal'), { signal: controller.signal });
  addEventListener('o', (event) => event.stopImmediatePropagation());
  addEventListener('o', () => seen.push('never'));
  equal(globalListeners('o').length, 5);
  dispatchEvent(new Event('o'));
  controller.abort();
  dispatchEvent(new Event('o'));
  equal(seen, ['once', true, 'signal', true]);
}

export function anUnhandledRejectionIsAnEventOfItsRequest() {
  const context = request();
  const seen = [];
  const listener = (event) => seen.push([event.constructor.name, event.reason, event.promise instanceof Promise, current() === context]);
  listening('unhandledrejection', listener, () => {
    turn(context, () => { Promise.reject('why'); });
  });
  equal(seen, [['PromiseRejectionEvent', 'why', true, true]]);
}

export function aRejectionHandledInTimeIsNone() {
  const seen = [];
  listening('unhandledrejection', () => seen.push(1), () => {
    turn(request(), () => {
      const promise = Promise.reject('why');
      Promise.resolve().then(() => {}).then(() => promise.catch(() => {}));
    });
  });
  equal(seen, []);
}

export function aLateHandlerIsAnnounced() {
  const context = request();
  const seen = [];
  const listener = (event) => seen.push([event.type, event.reason]);
  listening('unhandledrejection', listener, () => {
    listening('rejectionhandled', listener, () => {
      let promise;
      turn(context, () => { promise = Promise.reject('late'); });
      turn(context, () => { promise.catch(() => {}); });
    });
  });
  equal(seen, [['unhandledrejection', 'late'], ['rejectionhandled', 'late']]);
}

export function withNoListenerNothingHappens() {
  equal(turn(request(), () => { Promise.reject(new Error('quiet')); }), []);
}

export function aRejectionMadeInAnotherTurnIsQueuedForItsRequest() {
  const [a, b] = [request(), request()];
  const seen = [];
  let reject;
  turn(a, () => { new Promise((_, no) => { reject = no; }); });
  listening('unhandledrejection', () => seen.push(current() === a), () => {
    turn(b, () => reject('x'));
    equal(seen, []);
    runJobs(a);
  });
  equal(seen, [true]);
}

export function aThrowingListenerIsAWarning() {
  const lines = [];
  listening('boom', () => { throw new Error('listener'); }, () => {
    lines.push(...turn(request(), () => dispatchEvent(new Event('boom'))));
  });
  equal(lines[0].slice(2, 4), ['warn', '["Uncaught Error: listener"]']);
}

export function microtaskErrorsAreReported() {
  const error = new Error('micro');
  const lines = turn(request(), () => queueMicrotask(() => { throw error; }));
  equal(lines[0].slice(2, 4), ['error', '["Error: micro"]']);
  const seen = [];
  listening('error', (event) => { seen.push(event.error === error, event.message); event.preventDefault(); }, () => {
    equal(turn(request(), () => queueMicrotask(() => { throw error; })), []);
  });
  equal(seen, [true, 'Error: micro']);
  equal(thrown(() => queueMicrotask(5)) instanceof TypeError, true);
}

export function reportErrorIsLogged() {
  const lines = turn(request(), () => reportError(new Error('told')));
  equal(lines[0].slice(2, 4), ['error', '["Error: told"]']);
}

export function anErrorInAnEngineEventTargetIsAnException() {
  const context = request();
  const entries = turn(context, () => {
    const target = new EventTarget();
    target.addEventListener('x', () => { throw new Error('target'); });
    target.dispatchEvent(new Event('x'));
  });
  equal(entries[0].slice(0, 5), ['!', String(context.id), 'async', 'Error', 'target']);
}

export function drainEndsWithNothingToDo() {
  drain();
  equal(commands(), []);
}
