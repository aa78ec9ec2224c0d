// @ts-check
/**
 * The filter above the lanes.
 * @import {Filter} from '../model/filter.js'
 */
import { h } from './dom.js';

/** Outcomes beside those that have been seen. */
const GROUPS = [
  ['', 'All outcomes'],
  ['failed', 'Failed'],
  ['cause', 'With a cause'],
  ['live', 'In flight'],
];

/**
 * @param {HTMLFormElement} form
 * @param {(filter: Filter) => void} changed
 */
export function connectFilter(form, changed) {
  const outcome = /** @type {HTMLSelectElement} */ (form.elements.namedItem('outcome'));
  const path = /** @type {HTMLInputElement} */ (form.elements.namedItem('path'));
  const text = /** @type {HTMLInputElement} */ (form.elements.namedItem('text'));
  for (const [value, name] of GROUPS) outcome.append(h('option', { value }, name));
  const tell = () => changed({ outcome: outcome.value, path: path.value, text: text.value });
  form.addEventListener('input', tell);
  // The fields are emptied only after the event.
  form.addEventListener('reset', () => setTimeout(tell));
  form.addEventListener('submit', (event) => event.preventDefault());
}

/** @param {HTMLFormElement} form @param {Set<string>} outcomes */
export function offerOutcomes(form, outcomes) {
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem('outcome'));
  const offered = new Set([...select.options].map((option) => option.value));
  for (const outcome of outcomes) {
    if (outcome !== '' && !offered.has(outcome)) select.append(h('option', { value: outcome }, outcome));
  }
}
