// @ts-check
/**
 * What goes on as a whole: connection, rate, and how much of it is shown.
 * @import {Update} from '../feed.js'
 */
import { counted, number, samplingText } from '../model/text.js';
import { fill, h, s } from './dom.js';

/** Bars of the small chart, a second each. */
const BARS = 60;

export class Rates {
  constructor() {
    /** Newest last. @type {{ended: number, failed: number, shown: number, mattered: number, hidden: number, at: number}[]} */
    this.updates = [];
    this.ended = 0;
    this.failed = 0;
  }

  /** @param {Update} update @param {number} at milliseconds */
  add(update, at) {
    const { ended, failed, mattered } = update.counts;
    const hidden = Math.max(0, mattered - update.ended.filter((one) => one.matters).length);
    this.ended += ended;
    this.failed += failed;
    if (ended > 0) this.updates.push({ ended, failed, shown: update.ended.length, mattered, hidden, at });
    while (this.updates.length > 0 && this.updates[0].at < at - BARS * 1_000) this.updates.shift();
  }

  /** The last second. @param {number} at */
  last(at) {
    const sum = { ended: 0, failed: 0, shown: 0, mattered: 0, hidden: 0 };
    for (const update of this.updates) {
      if (update.at <= at - 1_000) continue;
      sum.ended += update.ended;
      sum.failed += update.failed;
      sum.shown += update.shown;
      sum.mattered += update.mattered;
      sum.hidden += update.hidden;
    }
    return sum;
  }

  /** @param {number} at */
  perSecond(at) {
    const bars = Array.from({ length: BARS }, () => ({ ended: 0, failed: 0 }));
    for (const update of this.updates) {
      const bar = bars[BARS - 1 - Math.floor((at - update.at) / 1_000)];
      if (bar === undefined) continue;
      bar.ended += update.ended;
      bar.failed += update.failed;
    }
    return bars;
  }
}

/**
 * @param {{state: HTMLElement, rate: HTMLElement, chart: HTMLElement, sampling: HTMLElement}} places
 * @param {Rates} rates
 * @param {{connection: 'live' | 'lost' | 'paused', held: number, inFlight: number}} now
 * @param {number} at milliseconds
 */
export function showStatus(places, rates, now, at) {
  const words = {
    live: 'Live',
    lost: 'No connection, trying again',
    paused: now.held > 0 ? `Paused, ${number(now.held)} new` : 'Paused',
  };
  if (places.state.textContent !== words[now.connection]) places.state.textContent = words[now.connection];
  places.state.className = `state ${now.connection}`;
  const last = rates.last(at);
  fill(
    places.rate,
    h('b', {}, number(last.ended)), '/s',
    h('span', { class: 'sep' }), h('b', {}, number(now.inFlight)), ' in flight',
    h('span', { class: 'sep' }), h('b', {}, number(rates.ended)), ' ended',
    h('span', { class: 'sep' }), h('b', { class: rates.failed > 0 ? 'failed' : '' }, number(rates.failed)), ' failed',
  );
  places.chart.title = `${counted(rates.ended, 'request')} ended, ${number(rates.failed)} failed`;
  fill(places.chart, chart(rates.perSecond(at)));
  const text = now.connection === 'paused' ? '' : samplingText(last);
  if (places.sampling.textContent !== text) places.sampling.textContent = text;
  places.sampling.hidden = text === '';
}

/** @param {{ended: number, failed: number}[]} bars */
function chart(bars) {
  const most = Math.max(1, ...bars.map((bar) => bar.ended));
  const height = (/** @type {number} */ count) => (count === 0 ? 0 : Math.max(2, (22 * count) / most));
  return s('svg', { width: BARS * 3, height: 24, viewBox: `0 0 ${BARS * 3} 24`, 'aria-hidden': 'true' },
    s('line', { class: 'ground', x1: 0, x2: BARS * 3, y1: 23.5, y2: 23.5 }),
    bars.flatMap((bar, i) => [
      s('rect', { class: 'all', x: i * 3, width: 2, y: 23 - height(bar.ended), height: height(bar.ended) }),
      bar.failed > 0 ? s('rect', { class: 'failed', x: i * 3, width: 2, y: 23 - height(bar.failed), height: height(bar.failed) }) : null,
    ]));
}
