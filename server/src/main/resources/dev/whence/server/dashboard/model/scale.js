// @ts-check
/**
 * The axis of time: from microseconds to pixels, with idle stretches folded to a narrow strip, so
 * that two bursts a minute apart are both seen in detail. Pure.
 */

/** A stretch of time in which something happened. @typedef {{from: number, to: number, x: number, width: number}} Segment */
/** An idle stretch, `skipped` microseconds long. @typedef {{x: number, width: number, skipped: number}} Fold */
/** A mark on the axis. `isStart`: of a segment. @typedef {{x: number, time: number, offset: number, isStart: boolean}} Tick */
/** @typedef {{width: number, segments: Segment[], folds: Fold[], x(time: number): number}} Scale */

/** No shorter pause than this is folded, in microseconds. */
const SHORTEST_FOLD = 20_000;
/** A pause is folded when it takes this share of the time in which something happened. */
const FOLDED_SHARE = 0.3;
const FOLD_WIDTH = 30;
const LEAST_SEGMENT_WIDTH = 14;
const LEAST_TICK_DISTANCE = 84;

/**
 * @param {{start: number, end: number}[]} spans in any order; at least one
 * @param {number} width pixels for all of them
 * @returns {Scale}
 */
export function makeScale(spans, width) {
  const merged = merge(spans);
  const active = merged.reduce((sum, segment) => sum + segment.to - segment.from, 0);
  const longestPause = Math.max(SHORTEST_FOLD, active * FOLDED_SHARE);
  const segments = joinOver(merged, longestPause);
  const foldWidth = Math.min(FOLD_WIDTH, (width * 0.3) / Math.max(1, segments.length - 1));
  const least = Math.min(LEAST_SEGMENT_WIDTH, (width * 0.3) / segments.length);
  const free = width - foldWidth * (segments.length - 1) - least * segments.length;
  const total = segments.reduce((sum, segment) => sum + segment.to - segment.from, 0) || 1;
  /** @type {Fold[]} */
  const folds = [];
  let x = 0;
  segments.forEach((segment, i) => {
    if (i > 0) {
      folds.push({ x, width: foldWidth, skipped: segment.from - segments[i - 1].to });
      x += foldWidth;
    }
    segment.x = x;
    segment.width = least + (free * (segment.to - segment.from)) / total;
    x += segment.width;
  });
  return { width, segments, folds, x: (time) => position(segments, time) };
}

/** Overlapping spans as one. @param {{start: number, end: number}[]} spans @returns {Segment[]} */
function merge(spans) {
  const sorted = spans.slice().sort((a, b) => a.start - b.start);
  /** @type {Segment[]} */
  const merged = [];
  for (const { start, end } of sorted) {
    const last = merged[merged.length - 1];
    if (last !== undefined && start <= last.to) {
      last.to = Math.max(last.to, end);
    } else {
      merged.push({ from: start, to: Math.max(start, end), x: 0, width: 0 });
    }
  }
  return merged;
}

/** @param {Segment[]} segments @param {number} longestPause @returns {Segment[]} */
function joinOver(segments, longestPause) {
  /** @type {Segment[]} */
  const joined = [];
  for (const segment of segments) {
    const last = joined[joined.length - 1];
    if (last !== undefined && segment.from - last.to <= longestPause) {
      last.to = segment.to;
    } else {
      joined.push({ ...segment });
    }
  }
  return joined;
}

/** @param {Segment[]} segments @param {number} time */
function position(segments, time) {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle].from <= time) low = middle;
    else high = middle - 1;
  }
  const { from, to, x, width } = segments[low];
  if (time <= from) return x;
  if (time >= to) return x + width;
  return x + (width * (time - from)) / (to - from);
}

/** Marks at round distances from each segment's start. @param {Scale} scale @returns {Tick[]} */
export function ticksOf(scale) {
  /** @type {Tick[]} */
  const ticks = [];
  for (const segment of scale.segments) {
    ticks.push({ x: segment.x, time: segment.from, offset: 0, isStart: true });
    const length = segment.to - segment.from;
    const count = Math.floor(segment.width / LEAST_TICK_DISTANCE);
    if (length === 0 || count < 2) continue;
    const step = roundUp(length / count);
    for (let offset = step; offset < length; offset += step) {
      const x = segment.x + (segment.width * offset) / length;
      if (segment.x + segment.width - x < 8) break;
      ticks.push({ x, time: segment.from + offset, offset, isStart: false });
    }
  }
  return ticks;
}

/** The next of 1, 2, 5, 10, 20, 50, … microseconds. @param {number} micros */
export function roundUp(micros) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, micros)));
  const digit = Math.max(1, micros) / power;
  if (digit <= 1) return power;
  if (digit <= 2) return 2 * power;
  return digit <= 5 ? 5 * power : 10 * power;
}
