// @ts-check
/**
 * One request as a file.
 * @import {Entry} from '../model/requests.js'
 */
import { h } from './dom.js';

/** @param {Entry} entry */
export function fileName(entry) {
  const path = entry.path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40);
  return ['whence', entry.request, entry.outcome || 'in-flight', path].filter(Boolean).join('-') + '.json';
}

/** @param {Entry} entry */
export function fileText(entry) {
  const { request, isolate, method, url, state, waitsFor } = entry;
  const facts =
    entry.item === null
      ? { inFlight: { request, isolate, method, url, state, waitsFor } }
      : { item: entry.amended ? withCause(entry.item, entry.cause) : entry.item };
  return JSON.stringify({ format: 'whence-request-1', ...facts, timeline: entry.timeline }, null, 2) + '\n';
}

/** @param {any} item @param {any} cause */
function withCause(item, cause) {
  return { ...item, whence: { ...item.whence, cause } };
}

/** @param {Entry} entry */
export function download(entry) {
  const url = URL.createObjectURL(new Blob([fileText(entry)], { type: 'application/json' }));
  const link = h('a', { href: url, download: fileName(entry) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
