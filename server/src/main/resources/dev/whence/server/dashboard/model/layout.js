// @ts-check
/**
 * Where everything of a lane is drawn. Pure: numbers in, numbers out, in pixels.
 * @import {Entry} from './requests.js'
 * @import {Scale} from './scale.js'
 */
import { duration } from './text.js';

export const ROW_HEIGHT = 34;
/** Rows in view at once; the axis is fitted to them. */
export const PAGE = 40;
/** Pending events that overlap are drawn below each other, as far as there is room. */
export const SUB_LANES = 3;

const LEAST_BLOCK = 2.5;

/** @typedef {{x: number, width: number, title: string}} Block */
/** @typedef {Block & {kind: string, subLane: number, isOpen: boolean}} Span */
/** @typedef {Block & {owner: string, isOpen: boolean}} Wait */
/** @typedef {{life: Block, turns: (Block & {kind: string})[], pending: Span[], waits: Wait[]}} Drawing */
/** @typedef {{from: number, to: number | null, x: number, owner: string, waiter: Entry, ownerKey: string, isOver: boolean}} Arrow */

/**
 * The rows of a page, oldest first.
 * @param {Entry[]} entries in the order of their starts
 * @param {number} back how many pages before the last one
 */
export function pageOf(entries, back) {
  const pages = Math.max(1, Math.ceil(entries.length / PAGE));
  const page = Math.min(Math.max(0, back), pages - 1);
  const end = entries.length - page * PAGE;
  return { rows: entries.slice(Math.max(0, end - PAGE), end), back: page, pages };
}

/** @param {Entry} entry @param {Scale} scale @returns {Drawing} */
export function drawingOf(entry, scale) {
  const x = (/** @type {number} */ offset) => scale.x(entry.start + offset);
  const length = entry.end - entry.start;
  const block = (/** @type {number} */ at, /** @type {number} */ to, /** @type {string} */ title) => ({
    x: x(at),
    width: Math.max(LEAST_BLOCK, x(to) - x(at)),
    title,
  });
  const timeline = entry.timeline;
  const turns = (timeline?.turns ?? []).map((turn) => ({
    ...block(turn.at, turn.at + turn.for, `${turn.kind} turn, ${duration(turn.for)}`),
    kind: turn.kind,
  }));
  const waits = (timeline?.follows ?? []).map((follow) => ({
    ...block(follow.at, follow.to ?? length, `waits for a promise of ${follow.owner}`),
    owner: follow.owner,
    isOpen: follow.to === undefined,
  }));
  const spans = (timeline?.pending ?? []).map((span) => ({
    ...block(span.at, span.to ?? length, `${span.what}, ${duration((span.to ?? length) - span.at)}`),
    kind: span.kind,
    subLane: 0,
    isOpen: span.to === undefined,
  }));
  return { life: block(0, length, ''), turns, pending: stacked(spans), waits };
}

/** Gives each span the first sub-lane that is free, or the last one. @param {Span[]} spans */
function stacked(spans) {
  const ends = new Array(SUB_LANES).fill(-Infinity);
  for (const span of spans) {
    let subLane = ends.findIndex((end) => end <= span.x);
    if (subLane < 0) subLane = SUB_LANES - 1;
    ends[subLane] = span.x + span.width;
    span.subLane = subLane;
  }
  return spans;
}

/**
 * From each request that waits, or waited in vain, to the owner of the promise.
 * @param {Entry[]} rows
 * @param {Drawing[]} drawings of the rows
 * @param {(isolate: number, request: string) => Entry | null} find
 * @returns {Arrow[]}
 */
export function arrowsOf(rows, drawings, find) {
  const places = new Map(rows.map((entry, i) => [`${entry.isolate}:${entry.request}`, i]));
  /** @type {Arrow[]} */
  const arrows = [];
  rows.forEach((waiter, from) => {
    const seen = new Set();
    for (const wait of drawings[from].waits) {
      if (seen.has(wait.owner)) continue;
      seen.add(wait.owner);
      const to = places.get(`${waiter.isolate}:${wait.owner}`) ?? null;
      arrows.push({
        from,
        to,
        x: wait.x,
        owner: wait.owner,
        waiter,
        ownerKey: find(waiter.isolate, wait.owner)?.key ?? '',
        isOver: !wait.isOpen,
      });
    }
  });
  return arrows;
}

/** The middle of a row's turns. @param {number} row */
export function lineOf(row) {
  return row * ROW_HEIGHT + 13;
}

/**
 * An arc from the waiter to its promise's owner, or a stub when the owner is not in view. `head` is
 * the arrow's point.
 * @param {Arrow} arrow
 * @param {number} width of the whole drawing
 */
export function arcOf(arrow, width) {
  const { x } = arrow;
  const y1 = lineOf(arrow.from);
  if (arrow.to === null) {
    return { line: `M ${x} ${y1} V ${y1 - 9}`, head: `M ${x} ${y1 - 13} l 3 6 h -6 z` };
  }
  const y2 = lineOf(arrow.to);
  const room = width - x - 6;
  const wanted = 18 + Math.abs(y2 - y1) * 0.28;
  const bulge = room >= 14 ? Math.min(wanted, room, 120) : -Math.min(wanted, 120);
  const side = Math.sign(bulge);
  const control = x + bulge * 1.25;
  return {
    line: `M ${x} ${y1} C ${control} ${y1} ${control} ${y2} ${x + side * 9} ${y2}`,
    head: `M ${x + side * 4} ${y2} l ${side * 7} -3.5 v 7 z`,
  };
}
