import { EVERYTHING, matches } from 'dashboard/model/filter.js';
import { pathOf, Requests } from 'dashboard/model/requests.js';
import { fileName, fileText } from 'dashboard/view/export.js';
import { ended, equal, isTrue } from './check.js';

const inFlight = (...names) => ({
  requests: names.map((request) => ({ request, isolate: 1, method: 'GET', url: `http://h/${request}`, age: 10, state: 'waiting', waitsFor: [] })),
});

export function keepsTheLastOnes() {
  const requests = new Requests(3);
  for (let i = 1; i <= 5; i++) requests.add(ended(i, `r${i}`));
  equal(requests.all().map((entry) => entry.request), ['r3', 'r4', 'r5']);
  equal([requests.find(1, 'r1'), requests.find(1, 'r5')?.key], [null, 'e5']);
}

export function theEndReplacesWhatWasInFlight() {
  const requests = new Requests();
  requests.setInFlight(inFlight('r1', 'r2'), 2_000);
  equal(requests.live.length, 2);
  requests.add(ended(1, 'r1'));
  equal(requests.all().filter((entry) => entry.request === 'r1').length, 1);
  requests.setInFlight(inFlight('r1', 'r2'), 2_100);
  equal(requests.live.map((entry) => entry.request), ['r2']);
}

export function aLaterRequestCompletesACause() {
  const requests = new Requests();
  requests.add(ended(1, 'r1', { outcome: 'exception', whence: { cause: { kind: 'never-settles' } } }));
  requests.add(ended(2, 'r2', { whence: { amends: [{ request: 'r1', cause: { kind: 'settlement-dropped' } }] } }));
  equal([requests.find(1, 'r1').cause.kind, requests.find(1, 'r1').amended], ['settlement-dropped', true]);
  equal(requests.find(1, 'r2').amended, false);
}

export function filtersByOutcomePathAndText() {
  const requests = new Requests();
  requests.add(ended(1, 'r1', { logs: [{ message: ['Hello', { id: 7 }], level: 'log', timestamp: 1 }] }));
  requests.add(ended(2, 'r2', { outcome: 'exception', whence: { cause: { kind: 'deadlock', store: 'variable `lock`' } } }));
  const found = (filter) => requests.all().filter((entry) => matches(entry, { ...EVERYTHING, ...filter })).map((entry) => entry.request);
  equal(found({}), ['r1', 'r2']);
  equal([found({ outcome: 'failed' }), found({ outcome: 'ok' }), found({ outcome: 'cause' }), found({ outcome: 'live' })], [['r2'], ['r1'], ['r2'], []]);
  equal([found({ path: '/R1' }), found({ path: 'get /r' })], [['r1'], ['r1', 'r2']]);
  equal([found({ text: 'hello {"id":7}' }), found({ text: 'LOCK' }), found({ text: 'nowhere' })], [['r1'], ['r2'], []]);
}

export function pathsKeepTheirQuery() {
  equal([pathOf('http://h:1/a?b=c#d'), pathOf('http://h'), pathOf('*/5 * * * *')], ['/a?b=c', '/', '*/5 * * * *']);
}

export function anExportedRequestHasItsTraceItemAndTimeline() {
  const requests = new Requests();
  const timeline = { start: 5, duration: 7, turns: [], pending: [], follows: [], truncated: false };
  requests.add(ended(1, 'r1', { url: 'http://h/a/b?c', timeline }));
  const [entry] = requests.all();
  equal(fileName(entry), 'whence-r1-ok-a-b-c.json');
  const file = JSON.parse(fileText(entry));
  equal([file.format, file.item.whence.request, file.timeline], ['whence-request-1', 'r1', timeline]);
  isTrue(fileText(entry).endsWith('}\n'), 'the end of the file');
}
