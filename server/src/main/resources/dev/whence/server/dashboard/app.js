// @ts-check
/**
 * The dashboard: connects the stream of events with what is on the page.
 * @import {Entry} from './model/requests.js'
 * @import {Update} from './feed.js'
 */
import { listen } from './feed.js';
import { EVERYTHING, isEverything, matches } from './model/filter.js';
import { pageOf } from './model/layout.js';
import { KEPT, Requests } from './model/requests.js';
import { counted } from './model/text.js';
import { showDetails } from './view/details.js';
import { byId } from './view/dom.js';
import { showInFlight } from './view/in-flight.js';
import { Lanes } from './view/lanes.js';
import { Rates, showStatus } from './view/status.js';
import { connectFilter, offerOutcomes } from './view/toolbar.js';

const form = /** @type {HTMLFormElement} */ (byId('filter'));
const details = byId('details');
const pauseButton = byId('pause');
const requests = new Requests();
let rates = new Rates();
let filter = EVERYTHING;
let back = 0;
let isPaused = false;
let isConnected = false;
let isDrawing = false;
/** What came while paused; bounded like all else. @type {Update[]} */
let held = [];
let heldRequests = 0;
let busyUntil = 0;
let inFlight = { total: 0, busyIsolates: /** @type {number[]} */ ([]) };
/** @type {Set<string>} */
const outcomes = new Set();
/** The request in the details, also when it is not kept any more. @type {Entry | null} */
let opened = null;

const lanes = new Lanes(byId('scroller'), byId('axis'), byId('lanes'), /** @type {any} */ (document.getElementById('arrows')), open);

listen({
  hello(hello) {
    isConnected = true;
    requests.clear();
    rates = new Rates();
    held = [];
    heldRequests = 0;
    byId('worker').textContent = hello.worker ?? '';
    document.title = hello.worker ? `${hello.worker} · Whence` : 'Whence';
    byId('hint').hidden = hello.recordsAlways;
    draw();
  },
  update(update) {
    if (isPaused) hold(update);
    else take(update);
    draw();
  },
  lost() {
    isConnected = false;
    draw();
  },
});

/** @param {Update} update */
function take(update) {
  rates.add(update, update.now);
  for (const event of update.ended) {
    requests.add(event);
    outcomes.add(event.item.outcome);
  }
  if (update.inFlight !== undefined) {
    requests.setInFlight(update.inFlight, update.now);
    inFlight = update.inFlight;
  }
}

/** @param {Update} update */
function hold(update) {
  held.push(update);
  heldRequests += update.counts.ended;
  let kept = held.reduce((sum, one) => sum + one.ended.length, 0);
  for (let i = 0; kept > KEPT; i++) {
    kept -= held[i].ended.length;
    held[i].ended = [];
  }
  // In-flight tables before the last one tell nothing.
  for (const one of held.slice(0, -1)) if (update.inFlight !== undefined) delete one.inFlight;
}

function draw() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    drawNow();
  });
}

function drawNow() {
  const entries = requests.all().filter((entry) => matches(entry, filter));
  const page = pageOf(entries, back);
  back = page.back;
  lanes.draw(page.rows, requests, back === 0 && !isPaused);
  offerOutcomes(form, outcomes);
  showEmpty(entries.length);
  showPages(page);
  // It does not jump up and down with each request.
  if (inFlight.total > 0) busyUntil = Date.now() + 5_000;
  byId('in-flight').classList.toggle('expanded', Date.now() < busyUntil);
  showInFlight(byId('in-flight'), { ...inFlight, entries: requests.live }, open);
  const connection = isPaused ? 'paused' : isConnected ? 'live' : 'lost';
  const places = { state: byId('state'), rate: byId('rate'), chart: byId('chart'), sampling: byId('sampling') };
  showStatus(places, rates, { connection, held: heldRequests, inFlight: inFlight.total }, Date.now());
  refreshDetails();
}

/** @param {number} shown */
function showEmpty(shown) {
  const empty = byId('empty');
  empty.hidden = shown > 0;
  if (shown > 0) return;
  empty.textContent = isEverything(filter)
    ? 'No request has come in yet. Send one, and its lane appears here.'
    : `None of the ${counted(requests.ended.length + requests.live.length, 'request')} matches the filter.`;
}

/** @param {{back: number, pages: number}} page */
function showPages({ back: at, pages }) {
  byId('pages').hidden = pages === 1;
  byId('page').textContent = at === 0 ? 'newest' : `page ${pages - at} of ${pages}`;
  byId('older').toggleAttribute('disabled', at >= pages - 1);
  byId('newer').toggleAttribute('disabled', at === 0);
}

/** @param {Entry} entry */
function open(entry) {
  opened = entry;
  lanes.choose(entry, false);
  document.body.classList.add('with-details');
  showDetails(details, entry, { close, show });
  byId('details-title').focus({ preventScroll: true });
  draw();
}

/** An open request that was in flight may have ended. */
function refreshDetails() {
  if (opened === null) return;
  const known = requests.find(opened.isolate, opened.request);
  if (known === null || (known === opened && !known.amended)) return;
  const isCurrent = known.key === opened.key || opened.live;
  if (!isCurrent) return;
  const hadFocus = document.activeElement?.id === 'details-title';
  if (known.key !== opened.key) lanes.choose(known, false);
  opened = known;
  if (!details.contains(document.activeElement) || hadFocus) {
    showDetails(details, known, { close, show });
    if (hadFocus) byId('details-title').focus({ preventScroll: true });
  }
}

/** Goes to another request of the same isolate. @param {string} request */
function show(request) {
  const entry = opened === null ? null : requests.find(opened.isolate, request);
  if (entry !== null) open(entry);
}

function close() {
  if (opened === null) return;
  opened = null;
  details.hidden = true;
  details.replaceChildren();
  document.body.classList.remove('with-details');
  lanes.unselect();
  lanes.focus();
  draw();
}

function togglePause() {
  isPaused = !isPaused;
  pauseButton.setAttribute('aria-pressed', String(isPaused));
  pauseButton.textContent = isPaused ? 'Resume' : 'Pause';
  if (!isPaused) {
    held.forEach(take);
    held = [];
    heldRequests = 0;
  }
  draw();
}

/** @param {number} factor */
function zoom(factor) {
  lanes.zoom = Math.min(64, Math.max(1, lanes.zoom * factor));
  byId('zoom-out').toggleAttribute('disabled', lanes.zoom === 1);
  draw();
}

connectFilter(form, (next) => {
  filter = next;
  back = 0;
  draw();
});
pauseButton.addEventListener('click', togglePause);
byId('older').addEventListener('click', () => { back++; draw(); });
byId('newer').addEventListener('click', () => { back--; draw(); });
byId('zoom-in').addEventListener('click', () => zoom(2));
byId('zoom-out').addEventListener('click', () => zoom(0.5));
new ResizeObserver(draw).observe(byId('scroller'));
setInterval(() => { if (!isPaused) draw(); }, 1_000);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') close();
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const actions = /** @type {Record<string, () => void>} */ ({
    p: togglePause,
    '/': () => byId('path').focus(),
    '+': () => zoom(2),
    '-': () => zoom(0.5),
  });
  const action = actions[event.key];
  if (action !== undefined) {
    event.preventDefault();
    action();
  }
});
