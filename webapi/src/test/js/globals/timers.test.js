import { fireTimer } from 'whence/timers/timers.js';
import { GLOBAL_SCOPE } from 'whence/core/messages.js';
import { commands, endContext, equal, install, request, runJobs, setClock, thrown, turn } from './host.js';

install({ timers: 3 });

const only = (all, code) => all.filter((command) => command[0] === code);

export function timersAreRefusedInGlobalScope() {
  for (const call of [() => setTimeout(() => {}), () => setInterval(() => {}), () => clearTimeout(1)]) {
    equal(thrown(call).message, GLOBAL_SCOPE);
  }
  equal(thrown(() => AbortSignal.timeout(1)).message, GLOBAL_SCOPE);
  clearTimeout(undefined);
  clearInterval(null);
}

export function callbacksMustBeFunctions() {
  const error = thrown(() => setTimeout('alert(1)', 1));
  equal(error instanceof TypeError, true);
  equal(
    error.message,
    "Failed to execute 'setTimeout' on 'ServiceWorkerGlobalScope': parameter 1 is not of type 'function'.",
  );
}

export function delaysAreConverted() {
  const given = [NaN, -5, 1.9, '20', undefined, Infinity, 1e300, null];
  const expected = ['0', '0', '1', '20', '0', '3153600000000', '3153600000000', '0'];
  given.forEach((delay, i) => {
    const started = only(turn(request(), () => setTimeout(() => {}, delay)), 't');
    equal(started[0][3], expected[i]);
  });
}

export function callbacksGetTheirArgumentsAndTheGlobalObject() {
  const context = request();
  let seen;
  let id;
  turn(context, () => {
    id = setTimeout(function (...args) { seen = [this === globalThis, ...args]; }, 5, 'a', 2);
  });
  turn(context, () => fireTimer(context, id));
  equal(seen, [true, 'a', 2]);
  seen = undefined;
  turn(context, () => fireTimer(context, id));
  equal(seen, undefined);
}

export function idsIncreaseOverAllRequests() {
  let a;
  let b;
  turn(request(), () => { a = setTimeout(() => {}, 1); });
  turn(request(), () => { b = setTimeout(() => {}, 1); });
  equal(b > a, true);
}

export function aTimerIsClearedByItsOwnRequestOnly() {
  const [a, b] = [request(), request()];
  let id;
  turn(a, () => { id = setTimeout(() => {}, 1); });
  equal(only(turn(b, () => clearTimeout(id)), 'u'), []);
  equal(only(turn(a, () => clearTimeout(id)), 'u'), [['u', String(id)]]);
  equal(only(turn(a, () => { clearTimeout(id); clearTimeout('junk'); clearTimeout({}); }), 'u'), []);
}

export function intervalsGoOnAlsoAfterAnError() {
  const context = request();
  let id;
  turn(context, () => { id = setInterval(() => { throw new TypeError('no'); }, 7); });
  const fired = turn(context, () => fireTimer(context, id));
  equal(fired[0].slice(0, 5), ['!', String(context.id), 'async', 'TypeError', 'no']);
  equal(fired[1], ['t', String(context.id), String(id), '7', 'setInterval']);
}

export function anIntervalClearedInItsCallbackStops() {
  const context = request();
  let id;
  turn(context, () => { id = setInterval(() => clearInterval(id), 7); });
  equal(only(turn(context, () => fireTimer(context, id)), 't'), []);
}

export function timersAreLimited() {
  const context = request();
  turn(context, () => {
    for (let i = 0; i < 3; i++) setTimeout(() => {}, 1);
    const error = thrown(() => setTimeout(() => {}, 1));
    equal(error.name, 'QuotaExceededError');
    equal(
      error.message,
      'You have exceeded the number of active timeouts you may set. max active timeouts: 3, current active timeouts: 3, finished timeouts: 0',
    );
  });
}

export function anEndedRequestHasNoTimers() {
  const context = request();
  let ran = false;
  let id;
  turn(context, () => { id = setTimeout(() => { ran = true; }, 1); });
  endContext(context);
  fireTimer(context, id);
  equal(ran, false);
  equal(only(turn(context, () => setTimeout(() => {}, 1)), 't'), []);
}

export async function schedulerWaitIsATimer() {
  const context = request();
  const seen = [];
  let id;
  const started = turn(context, () => {
    scheduler.wait(30).then((value) => seen.push(value));
  });
  id = +only(started, 't')[0][2];
  turn(context, () => fireTimer(context, id));
  equal(seen.length, 1);
  let refused;
  await scheduler.wait(1).catch((error) => { refused = error.message; });
  equal(refused, GLOBAL_SCOPE);
}

export function aWaitAbortedByAnotherRequestIsRejectedInItsOwnTurn() {
  const [a, b] = [request(), request()];
  const controller = new AbortController();
  const seen = [];
  turn(a, () => {
    scheduler.wait(30, { signal: controller.signal }).catch((error) => seen.push(error.name));
  });
  const aborted = turn(b, () => controller.abort());
  equal(seen, []);
  equal(only(aborted, 'u').length, 1);
  equal(only(aborted, 'q').length, 1);
  runJobs(a);
  equal(seen, ['AbortError']);
}

export function abortSignalTimeoutIsATimer() {
  const context = request();
  let signal;
  const started = turn(context, () => { signal = AbortSignal.timeout(25); });
  equal(started[0][3], '25');
  turn(context, () => fireTimer(context, +started[0][2]));
  equal(signal.aborted, true);
  equal([signal.reason.name, signal.reason.message], ['TimeoutError', 'The operation was aborted due to timeout']);
}

export function clocksStandStill() {
  setClock(1234567);
  equal([Date.now(), performance.now(), +new Date()], [0, 0, 0]);
  turn(request(), () => {
    equal([Date.now(), performance.now(), +new Date()], [1234567, 1234567, 1234567]);
    equal(new File(['x'], 'f').lastModified, 1234567);
    equal(Date(), new Date(1234567).toString());
  });
  equal([performance.timeOrigin, new Event('x').timeStamp], [0, 0]);
  equal(JSON.stringify(performance), '{"timeOrigin":0}');
}

export function datesAreDates() {
  class Day extends Date {}
  equal(new Day(5) instanceof Day && new Day(5) instanceof Date, true);
  equal(new Date(2020, 1, 2).constructor, Date);
  equal([Date.name, Date.length, Date.UTC(1970, 0, 2)], ['Date', 7, 86400000]);
}

export function aTimerSurvivesSmashedBuiltIns() {
  const context = request();
  const saved = [Map.prototype.get, Map.prototype.set, Function.prototype.apply, Function.prototype.call];
  let ran = false;
  let id;
  const bad = () => { throw new Error('smashed'); };
  try {
    Map.prototype.get = Map.prototype.set = Function.prototype.apply = Function.prototype.call = bad;
    turn(context, () => { id = setTimeout(() => { ran = true; }, 1); });
    turn(context, () => fireTimer(context, id));
  } finally {
    [Map.prototype.get, Map.prototype.set, Function.prototype.apply, Function.prototype.call] = saved;
  }
  equal(ran, true);
  commands();
}
