// @ts-check
/**
 * Facts as words. Pure.
 * @import {Entry} from './requests.js'
 */

/** @param {number} micros for example `840 µs`, `12.3 ms`, `1.2 s`, `3 min 5 s` */
export function duration(micros) {
  if (micros < 1_000) return `${Math.round(micros)} µs`;
  const millis = micros / 1_000;
  if (millis < 999.5) return `${trimmed(millis)} ms`;
  const seconds = millis / 1_000;
  if (seconds < 59.95) return `${trimmed(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

/** Three digits that matter. @param {number} value */
function trimmed(value) {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return String(Number(value.toFixed(digits)));
}

/** With thousands apart: `1,234`. @param {number} count */
export function number(count) {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** @param {number} count @param {string} one */
export function counted(count, one) {
  return `${number(count)} ${count === 1 ? one : `${one}s`}`;
}

/** Local time of day: `14:03:59.123`. @param {number} micros since the epoch */
export function clock(micros) {
  const date = new Date(micros / 1_000);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/**
 * What a log line says: strings as they are, the rest as JSON.
 * @param {unknown} message the arguments of the call
 */
export function messageText(message) {
  if (!Array.isArray(message)) return plain(message);
  return message.map(plain).join(' ');
}

/** @param {unknown} value */
function plain(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A place in the author's code: `handleRequest (worker.js:11:3)`. @param {any} site */
export function siteText(site) {
  if (!site || !site.file) return '';
  const place = placeText(site);
  return site.function ? `${site.function} (${place})` : place;
}

/** @param {any} site */
export function placeText(site) {
  return [site.file, site.line, site.column].filter((part) => part !== undefined).join(':');
}

/** What a lane says to those who do not see it. @param {Entry} entry */
export function laneLabel(entry) {
  const took = entry.live ? `in flight for ${duration(entry.end - entry.start)}` : duration(entry.end - entry.start);
  const parts = [entry.request, `${entry.method} ${entry.path}`, entry.live ? entry.state : entry.outcome, took];
  if (entry.cause !== null) parts.push(entry.cause.summary ?? entry.cause.kind);
  else if (entry.waitsFor.length > 0) parts.push(`waits for ${entry.waitsFor.join(', ')}`);
  return parts.join(', ');
}

/**
 * Says how much of what happened is shown; empty when all is.
 * @param {{ended: number, shown: number, failed: number, mattered: number, hidden: number}} last what ended in the
 *     last second: all, those shown, and among all those that failed and those that are never left
 *     out while there is room; `hidden` of these were left out
 */
export function samplingText(last) {
  if (last.shown >= last.ended) return '';
  const shown = `${number(last.shown)} of the ${number(last.ended)} requests that ended in the last second are shown`;
  if (last.hidden > 0) {
    return `${shown}: too many of them matter to show each. Of ${counted(last.failed, 'failure')}, some are left out.`;
  }
  if (last.mattered === 0) return `${shown}, a random sample. None failed.`;
  const mattering = last.failed === last.mattered ? `${number(last.failed)} that failed` : `${number(last.mattered)} that failed or threw`;
  return `${shown}: ${last.mattered === 1 ? mattering.replace('1 that', 'the one that') : `all ${mattering}`}, and a random sample of the rest.`;
}
