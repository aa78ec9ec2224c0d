// @ts-check
/** The card that explains a hang, or warns of one. */
import { placeText, siteText } from '../model/text.js';
import { h } from './dom.js';

/** How to get to other requests. @typedef {{self: string | undefined, to: (request: string) => void}} Show */

/** What the kinds are called. @type {Record<string, string>} */
const KINDS = {
  'awaits-other-request': 'awaits another request',
  'owner-ended': 'the owner has ended',
  'settlement-dropped': 'settled too late',
  deadlock: 'deadlock',
  'owner-hung': 'the owner hangs',
  'startup-promise': 'a promise of start-up',
  'never-settles': 'never settles',
  'stream-stalled': 'a stream stands still',
  background: 'background work hangs',
  'cross-request-io': 'I/O of another request',
  'global-scope-io': 'I/O in global scope',
};

/**
 * @param {any} cause see docs/causes.md
 * @param {{self?: string, isRisk?: boolean, amended?: boolean, show?: (request: string) => void}} [options] `self`:
 *     the request whose card it is; `show` goes to another
 */
export function causeCard(cause, options = {}) {
  const { self, isRisk = false, amended = false } = options;
  const show = options.show === undefined ? undefined : { self, to: options.show };
  return h(
    'section',
    { class: `cause${isRisk ? ' risk' : ''}`, 'aria-label': isRisk ? 'Early warning' : 'Cause of the hang' },
    h('p', { class: 'kind' }, isRisk ? 'early warning · ' : '', KINDS[cause.kind] ?? cause.kind, amended ? ' · completed later' : ''),
    h('p', { class: 'summary' }, ...withLinks(cause.summary ?? '', show)),
    cause.code ? codeFrame(cause.code) : null,
    facts(cause, show),
    cause.fix ? h('div', { class: 'fix' }, h('h4', {}, 'What to change'), h('p', {}, ...inline(cause.fix))) : null,
    cause.note ? h('p', { class: 'note' }, ...inline(cause.note)) : null,
  );
}

/** @param {any} cause @param {Show | undefined} show */
function facts(cause, show) {
  const rows = [
    fact('Awaited', site(cause.awaited)),
    fact('Created', site(cause.created)),
    fact('Owner', owner(cause.owner, show)),
    fact('Kept in', cause.store ? inline(cause.store) : null),
    fact('Resolver', cause.holder ? inline(cause.holder) : null),
    fact('Settled by', settler(cause.settler, show)),
    fact('Way', chain(cause.chain)),
    fact('Cycle', cause.cycle?.length ? withLinks([...cause.cycle, cause.cycle[0]].join(' → '), show) : null),
    fact('Root', root(cause.root, show)),
  ].filter((row) => row !== null);
  return rows.length === 0 ? null : h('dl', { class: 'facts' }, ...rows.flat());
}

/** @param {string} name @param {any} value */
function fact(name, value) {
  const children = Array.isArray(value) ? value : [value];
  return value === null || children.length === 0 ? null : [h('dt', {}, name), h('dd', {}, ...children)];
}

/** @param {any} at */
function site(at) {
  if (!at?.file) return null;
  const author = at.author?.file ? h('span', { class: 'author' }, 'called by ', h('code', {}, siteText(at.author))) : null;
  const more = (at.stack ?? []).slice(1);
  return [
    at.function ? h('b', {}, at.function, ' ') : null,
    h('code', {}, placeText(at)),
    at.library ? h('span', { class: 'tag' }, 'library') : null,
    author,
    more.length > 0
      ? h('details', {}, h('summary', {}, 'stack'), h('pre', { class: 'stack' }, at.stack.map((/** @type {string} */ f) => `at ${f}`).join('\n')))
      : null,
  ];
}

/** @param {any} about @param {Show | undefined} show */
function owner(about, show) {
  if (!about) return null;
  const line = [about.method, about.url].filter(Boolean).join(' ');
  const details = [
    about.state && about.state !== 'ended' ? about.state : null,
    about.waitsFor ? `for ${about.waitsFor}` : null,
    about.ended ? `ended: ${about.ended}` : about.state === 'ended' ? 'ended' : null,
  ].filter(Boolean);
  return [
    ...(about.request ? withLinks(about.request, show) : []),
    line ? ' ' : null,
    line ? h('code', {}, line) : null,
    details.length > 0 ? h('span', { class: 'about' }, details.join(' ')) : null,
  ];
}

/** @param {any} who @param {Show | undefined} show */
function settler(who, show) {
  if (!who) return null;
  const late = who.afterMs === undefined ? '' : `, ${who.afterMs} ms too late`;
  return [...withLinks(who.request ?? '', show), who.file ? ' at ' : null, who.file ? h('code', {}, siteText(who)) : null, late];
}

/** @param {any[] | undefined} hops */
function chain(hops) {
  if (!hops?.length) return null;
  return h('ol', { class: 'chain' }, ...hops.map((hop) => h('li', {}, `${hop.what ?? ''} `, hop.file ? h('code', {}, siteText(hop)) : null)));
}

/** @param {any} of @param {Show | undefined} show */
function root(of, show) {
  if (!of) return null;
  return [...withLinks(of.request ?? '', show), of.summary ? h('span', { class: 'about' }, of.summary) : null];
}

/** @param {{file: string, line?: number, column?: number, frame: string}} code */
function codeFrame(code) {
  const lines = code.frame.replace(/\n$/, '').split('\n').map((line) => {
    const isCaret = /^\s*\|\s*\^+\s*$/.test(line);
    return h('span', { class: line.startsWith('>') ? 'line hit' : isCaret ? 'line caret' : 'line' }, line === '' ? ' ' : line);
  });
  return h('figure', { class: 'code' }, h('figcaption', {}, placeText(code)), h('pre', { tabindex: 0 }, ...lines));
}

/** Names of requests become buttons. @param {string} text @param {Show | undefined} show */
function withLinks(text, show) {
  return text.split(/\b(r\d+)\b/).map((part, i) => {
    if (i % 2 === 0) return inline(part);
    return show === undefined || part === show.self
      ? h('b', {}, part)
      : h('button', { type: 'button', class: 'link', onclick: () => show.to(part) }, part);
  }).flat();
}

/** `code` in text. @param {string} text @returns {(Node | string)[]} */
function inline(text) {
  return text.split('`').map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part));
}
