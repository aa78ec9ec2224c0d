// @ts-check
/** The requests that this page knows, ended ones and those in flight. Bounded. Pure. */
import { forgetText } from './filter.js';

/** @typedef {{at: number, for: number, kind: string}} Turn */
/** @typedef {{at: number, to?: number, kind: string, what: string}} Pending */
/** @typedef {{at: number, to?: number, owner: string}} Follow */
/** @typedef {{start: number, duration: number, turns: Turn[], pending: Pending[], follows: Follow[], truncated: boolean, leftOut?: number}} Timeline */

/**
 * A request as this page sees it. Times are microseconds since the epoch.
 * @typedef {object} Entry
 * @property {string} key names it on this page
 * @property {string} request for example `r2`
 * @property {number} isolate
 * @property {string} method
 * @property {string} path with the query
 * @property {string} url
 * @property {number} status 0 for none
 * @property {string} outcome empty while it is in flight
 * @property {boolean} failed
 * @property {boolean} live it is in flight
 * @property {string} state what it does while in flight
 * @property {string[]} waitsFor
 * @property {number} start
 * @property {number} end now, while it is in flight
 * @property {Timeline | null} timeline
 * @property {{level: string, message: unknown, timestamp: number}[]} logs
 * @property {{name: string, message: string, stack?: string}[]} exceptions
 * @property {any} cause or null
 * @property {boolean} amended the cause was completed after the request had ended
 * @property {any[]} risks
 * @property {any} item the trace item, or null
 */

/** So many ended requests are kept. */
export const KEPT = 2_000;
/** So many characters of log lines are kept, together. */
const KEPT_CHARACTERS = 32_000_000;

const GOOD_OUTCOMES = ['ok', 'canceled'];

export class Requests {
  /** @param {number} [kept] */
  constructor(kept = KEPT) {
    this.kept = kept;
    /** @type {Entry[]} */
    this.ended = [];
    /** @type {Entry[]} */
    this.live = [];
    /** @type {Map<string, Entry>} */
    this.byName = new Map();
    this.characters = 0;
  }

  clear() {
    this.ended = [];
    this.live = [];
    this.byName.clear();
    this.characters = 0;
  }

  /** All, in the order of their starts. @returns {Entry[]} */
  all() {
    return [...this.ended, ...this.live].sort((a, b) => a.start - b.start);
  }

  /** @param {number} isolate @param {string} request @returns {Entry | null} */
  find(isolate, request) {
    return this.byName.get(`${isolate}:${request}`) ?? null;
  }

  /** @param {string} key @returns {Entry | null} */
  byKey(key) {
    return this.ended.find((entry) => entry.key === key) ?? this.live.find((entry) => entry.key === key) ?? null;
  }

  /** @param {{number: number, item: any, timeline?: Timeline}} event */
  add(event) {
    const entry = endedEntry(event);
    this.ended.push(entry);
    this.byName.set(`${entry.isolate}:${entry.request}`, entry);
    this.live = this.live.filter((one) => one.isolate !== entry.isolate || one.request !== entry.request);
    this.characters += weight(entry);
    this.amend(entry);
    while (this.ended.length > this.kept || this.characters > KEPT_CHARACTERS) this.dropOldest();
  }

  dropOldest() {
    const oldest = this.ended.shift();
    if (oldest === undefined) return;
    this.characters -= weight(oldest);
    const name = `${oldest.isolate}:${oldest.request}`;
    if (this.byName.get(name) === oldest) this.byName.delete(name);
  }

  /** A later request may tell more about the hang of an earlier one. @param {Entry} later */
  amend(later) {
    for (const { request, cause } of later.item.whence?.amends ?? []) {
      const earlier = this.find(later.isolate, request);
      if (earlier !== null && !earlier.live) {
        earlier.cause = cause;
        earlier.amended = true;
        forgetText(earlier);
      }
    }
  }

  /** @param {{requests: any[]}} inFlight @param {number} nowMillis */
  setInFlight(inFlight, nowMillis) {
    for (const entry of this.live) this.byName.delete(`${entry.isolate}:${entry.request}`);
    this.live = [];
    for (const request of inFlight.requests) {
      // The snapshot may be older than the news of its end.
      if (this.find(request.isolate, request.request) !== null) continue;
      const entry = liveEntry(request, nowMillis);
      this.live.push(entry);
      this.byName.set(`${entry.isolate}:${entry.request}`, entry);
    }
  }
}

/** @param {Entry} entry */
function weight(entry) {
  return entry.logs.reduce((sum, log) => sum + (Array.isArray(log.message) ? String(log.message).length : 0), 500);
}

/** @param {{number: number, item: any, timeline?: Timeline}} event @returns {Entry} */
function endedEntry({ number, item, timeline }) {
  const start = timeline?.start ?? item.eventTimestamp * 1_000;
  const request = item.event?.request;
  const url = request?.url ?? item.event?.cron ?? '';
  const whence = item.whence ?? {};
  return {
    key: `e${number}`,
    request: whence.request ?? '',
    isolate: whence.isolate ?? 0,
    method: request?.method ?? 'cron',
    path: pathOf(url),
    url,
    status: item.event?.response?.status ?? 0,
    outcome: item.outcome,
    failed: !GOOD_OUTCOMES.includes(item.outcome) || whence.cause !== undefined,
    live: false,
    state: '',
    waitsFor: [],
    start,
    end: start + (timeline?.duration ?? item.wallTime * 1_000),
    timeline: timeline ?? null,
    logs: item.logs ?? [],
    exceptions: item.exceptions ?? [],
    cause: whence.cause ?? null,
    amended: false,
    risks: whence.risks ?? [],
    item,
  };
}

/** @param {any} request @param {number} nowMillis @returns {Entry} */
function liveEntry(request, nowMillis) {
  /** @type {Timeline | undefined} */
  const timeline = request.timeline;
  const start = timeline?.start ?? (nowMillis - request.age) * 1_000;
  return {
    key: `l${request.isolate}:${request.request}`,
    request: request.request,
    isolate: request.isolate,
    method: request.method,
    path: pathOf(request.url),
    url: request.url,
    status: 0,
    outcome: '',
    failed: false,
    live: true,
    state: request.clientGone ? `${request.state}, client left` : request.state,
    waitsFor: request.waitsFor,
    start,
    end: start + (timeline?.duration ?? request.age * 1_000),
    timeline: timeline ?? null,
    logs: [],
    exceptions: [],
    cause: null,
    amended: false,
    risks: [],
    item: null,
  };
}

/** Path and query of a URL. @param {string} url */
export function pathOf(url) {
  const found = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url);
  return found === null ? url : found[1] || '/';
}
