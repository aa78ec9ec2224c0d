// @ts-check
/**
 * The table of what is in flight, oldest first.
 * @import {Entry} from '../model/requests.js'
 */
import { counted, duration, number } from '../model/text.js';
import { fill, h } from './dom.js';

/**
 * @param {HTMLElement} panel
 * @param {{entries: Entry[], total: number, busyIsolates: number[]}} inFlight
 * @param {(entry: Entry) => void} open
 */
export function showInFlight(panel, inFlight, open) {
  const focused = panel.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : null;
  const { entries, total, busyIsolates } = inFlight;
  fill(
    panel,
    h('h2', {}, 'In flight now', h('span', { class: 'count' }, number(total))),
    ...busyIsolates.map((isolate) => h('p', { class: 'busy' }, `Isolate ${isolate} is busy running JavaScript, so its requests cannot be listed.`)),
    entries.length === 0
      ? h('p', { class: 'none' }, total === 0 ? 'Nothing is in flight.' : `${counted(total, 'request')}.`)
      : table(entries, open),
    total > entries.length && entries.length > 0 ? h('p', { class: 'none' }, `and ${number(total - entries.length)} more`) : null,
  );
  if (focused) /** @type {HTMLElement | null} */ (panel.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus();
}

/** @param {Entry[]} entries @param {(entry: Entry) => void} open */
function table(entries, open) {
  const oldestFirst = entries.slice().sort((a, b) => a.start - b.start);
  return h('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Requests in flight' },
    h('table', {},
      h('thead', {}, h('tr', {}, ...['Request', 'Age', 'State', 'What', 'Waits for'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, ...oldestFirst.map((entry) =>
        h('tr', { onclick: () => open(entry) },
          h('td', {}, h('button', { type: 'button', class: 'link', 'data-key': entry.key }, entry.request)),
          h('td', { class: 'age' }, duration(entry.end - entry.start)),
          h('td', {}, h('span', { class: `state ${entry.state.split(',')[0]}` }, entry.state)),
          h('td', { class: 'what', title: entry.url }, `${entry.method} ${entry.path}`),
          h('td', { class: 'waits' }, entry.waitsFor.join(', ') || (entry.state === 'ready' ? 'its turn' : '–')))))));
}
