// @ts-check
/**
 * All about one request: its cause, timeline, logs and exceptions.
 * @import {Entry} from '../model/requests.js'
 */
import { clock, duration, messageText } from '../model/text.js';
import { causeCard } from './cause.js';
import { fill, h, s } from './dom.js';
import { download } from './export.js';

/**
 * @param {HTMLElement} panel
 * @param {Entry} entry
 * @param {{close: () => void, show: (request: string) => void}} actions
 */
export function showDetails(panel, entry, actions) {
  const scroll = panel.dataset.key === entry.key ? panel.scrollTop : 0;
  panel.dataset.key = entry.key;
  panel.setAttribute('aria-label', `Request ${entry.request}`);
  fill(
    panel,
    header(entry, actions),
    entry.cause === null ? null : causeCard(entry.cause, { self: entry.request, amended: entry.amended, show: actions.show }),
    ...entry.risks.map((risk) => causeCard(risk, { self: entry.request, isRisk: true, show: actions.show })),
    entry.live ? waiting(entry) : null,
    exceptions(entry),
    logs(entry),
    timeline(entry),
    headers(entry),
  );
  panel.hidden = false;
  panel.scrollTop = scroll;
}

/** @param {Entry} entry @param {{close: () => void}} actions */
function header(entry, actions) {
  const tone = entry.live ? 'live' : entry.failed ? 'failed' : 'ok';
  const item = entry.item;
  return h(
    'header',
    {},
    h('div', { class: 'title' },
      h('h2', { id: 'details-title', tabindex: -1 }, h('span', { class: 'method' }, entry.method), ' ', h('span', { class: 'path' }, entry.path)),
      h('button', { type: 'button', class: 'icon', 'aria-label': 'Close', title: 'Close (Escape)', onclick: actions.close }, '✕')),
    h('p', { class: 'chips' },
      h('span', { class: `chip ${tone}` }, entry.live ? entry.state : entry.outcome),
      entry.status ? h('span', { class: 'chip' }, String(entry.status)) : null,
      h('span', { class: 'chip' }, entry.request),
      h('span', { class: 'chip' }, `isolate ${entry.isolate}`)),
    h('div', { class: 'times' },
      h('p', {}, clock(entry.start), ' · ', entry.live ? 'so far ' : '', h('b', {}, duration(entry.end - entry.start)),
        item ? ` · CPU ${item.cpuTime} ms` : ''),
      h('button', { type: 'button', class: 'export', onclick: () => download(entry) }, 'Export JSON')),
  );
}

/** @param {string} title @param {...any} children */
function section(title, ...children) {
  return h('section', {}, h('h3', {}, title), ...children);
}

/** @param {Entry} entry */
function waiting(entry) {
  const waits = entry.waitsFor.length > 0 ? entry.waitsFor : ['its turn'];
  return section('Waits for', h('ul', { class: 'waits' }, ...waits.map((what) => h('li', {}, what))));
}

/** @param {Entry} entry */
function exceptions(entry) {
  if (entry.exceptions.length === 0) return null;
  return section('Exceptions', ...entry.exceptions.map((one) =>
    h('div', { class: 'exception' },
      h('p', {}, h('b', {}, one.name), ': ', one.message),
      one.stack ? h('pre', { class: 'stack' }, one.stack) : null)));
}

/** @param {Entry} entry */
function logs(entry) {
  if (entry.live) return section('Logs', h('p', { class: 'none' }, 'They come when the request has ended.'));
  if (entry.logs.length === 0) return section('Logs', h('p', { class: 'none' }, 'Nothing was logged.'));
  return section('Logs', h('ol', { class: 'logs' }, ...entry.logs.map((log) =>
    h('li', { class: log.level },
      h('span', { class: 'offset' }, `+${sinceArrival(entry, log.timestamp)}`),
      h('span', { class: 'level' }, log.level),
      h('span', { class: 'message' }, messageText(log.message))))),
    entry.item?.truncated ? h('p', { class: 'none' }, 'Further lines were not recorded: the log limit was reached.') : null);
}

/** The loop's clock has milliseconds. @param {Entry} entry @param {number} millis */
function sinceArrival(entry, millis) {
  const passed = Math.max(0, millis - entry.item.eventTimestamp);
  return passed === 0 ? '0 ms' : duration(passed * 1_000);
}

/** @param {Entry} entry */
function timeline(entry) {
  const line = entry.timeline;
  if (line === null) return section('Timeline', h('p', { class: 'none' }, 'It was not recorded: nobody watched when the request came in.'));
  const length = Math.max(1, entry.end - entry.start);
  const rows = [
    ...line.turns.map((turn) => ({ at: turn.at, to: turn.at + turn.for, kind: 'turn', what: `${turn.kind} turn`, isOpen: false })),
    ...line.pending.map((span) => ({ at: span.at, to: span.to ?? length, kind: span.kind.replace(' ', '-'), what: span.what, isOpen: span.to === undefined })),
    ...line.follows.map((wait) => ({ at: wait.at, to: wait.to ?? length, kind: 'wait', what: `a promise of ${wait.owner}`, isOpen: wait.to === undefined })),
  ].sort((a, b) => a.at - b.at);
  return section('Timeline',
    h('ol', { class: 'events' }, ...rows.map((row) => h('li', {},
      h('span', { class: 'offset' }, `+${duration(row.at)}`),
      h('span', { class: 'what' }, row.what),
      h('span', { class: 'length' }, row.isOpen && !entry.live ? 'never' : duration(row.to - row.at)),
      bar(row, length)))),
    line.truncated ? h('p', { class: 'none' }, `${line.leftOut} further turns and waits were not recorded.`) : null);
}

/** @param {{at: number, to: number, kind: string, isOpen: boolean}} row @param {number} length */
function bar(row, length) {
  const x = (100 * row.at) / length;
  const width = Math.max(0.8, (100 * (row.to - row.at)) / length);
  return s('svg', { class: 'bar', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    s('rect', { class: 'ground', x: 0, y: 0, width: 100, height: 4 }),
    s('rect', { class: `fill ${row.kind}${row.isOpen ? ' open' : ''}`, x: Math.min(x, 99.2), y: 0, width, height: 4 }));
}

/** @param {Entry} entry */
function headers(entry) {
  const pairs = Object.entries(entry.item?.event?.request?.headers ?? {});
  if (pairs.length === 0) return null;
  return h('section', {}, h('details', {}, h('summary', {}, `Request headers (${pairs.length})`),
    h('dl', { class: 'headers' }, ...pairs.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, String(value))]))));
}
