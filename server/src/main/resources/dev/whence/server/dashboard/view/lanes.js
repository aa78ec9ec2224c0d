// @ts-check
/**
 * The swim-lanes: a row for each request, turns as blocks, pending events as spans, arrows from those
 * who wait to the owners of the promises. Rows are options of a list box with one tab stop.
 * @import {Entry, Requests} from '../model/requests.js'
 * @import {Arrow, Drawing} from '../model/layout.js'
 * @import {Scale} from '../model/scale.js'
 */
import { arcOf, arrowsOf, drawingOf, lineOf, ROW_HEIGHT } from '../model/layout.js';
import { makeScale, ticksOf } from '../model/scale.js';
import { clock, duration, laneLabel } from '../model/text.js';
import { fill, h, s } from './dom.js';

const PADDING = 14;

export class Lanes {
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} axis
   * @param {HTMLElement} list
   * @param {SVGElement} overlay
   * @param {(entry: Entry) => void} open
   */
  constructor(scroller, axis, list, overlay, open) {
    this.scroller = scroller;
    this.axis = axis;
    this.list = list;
    this.overlay = overlay;
    this.open = open;
    this.zoom = 1;
    this.selected = '';
    this.active = '';
    /** @type {Map<string, {element: HTMLElement, label: HTMLElement, track: SVGSVGElement}>} */
    this.parts = new Map();
    /** @type {Entry[]} */
    this.rows = [];
    list.addEventListener('keydown', (event) => this.onKey(event));
    list.addEventListener('mouseover', (event) => this.point(event.target));
    list.addEventListener('mouseleave', () => this.point(null));
  }

  labelWidth() {
    return parseFloat(getComputedStyle(this.scroller).getPropertyValue('--label-width')) || 200;
  }

  /** @param {Entry[]} rows @param {Requests} requests @param {boolean} follow keeps the newest in view */
  draw(rows, requests, follow) {
    const { scroller } = this;
    this.rows = rows;
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < ROW_HEIGHT * 1.5;
    const labelWidth = this.labelWidth();
    const width = Math.max(120, (scroller.clientWidth - labelWidth) * this.zoom);
    scroller.style.setProperty('--track-width', `${width}px`);
    if (rows.length === 0) {
      this.list.replaceChildren();
      this.overlay.replaceChildren();
      this.axis.replaceChildren();
      this.parts.clear();
      return;
    }
    const scale = shifted(makeScale(rows, width - 2 * PADDING), PADDING);
    const drawings = rows.map((entry) => drawingOf(entry, scale));
    this.drawAxis(scale);
    this.drawRows(rows, drawings, width);
    this.drawArrows(arrowsOf(rows, drawings, (i, r) => requests.find(i, r)), scale, width);
    if (follow && atEnd) scroller.scrollTop = scroller.scrollHeight;
    if (follow && this.zoom > 1) scroller.scrollLeft = scroller.scrollWidth;
  }

  /** @param {Scale} scale */
  drawAxis(scale) {
    const marks = [];
    let free = -Infinity;
    for (const tick of ticksOf(scale)) {
      const text = tick.isStart ? clock(tick.time) : `+${duration(tick.offset)}`;
      const width = text.length * 6.7 + 8;
      const fits = tick.x >= free && tick.x + width <= scale.width + 8;
      if (fits) free = tick.x + width;
      marks.push(
        s('line', { x1: tick.x, x2: tick.x, y1: 20, y2: 28, class: tick.isStart ? 'tick start' : 'tick' }),
        fits ? s('text', { x: tick.x, y: 15, class: tick.isStart ? 'start' : '' }, text) : null,
      );
    }
    for (const fold of scale.folds) {
      marks.push(
        s('g', { class: 'fold' },
          s('title', {}, `nothing happened for ${duration(fold.skipped)}`),
          s('path', { d: zigzag(fold.x + fold.width / 2, 19, 28) })),
      );
    }
    fill(this.axis, s('svg', { width: scale.width, height: 28, 'aria-hidden': 'true' }, marks));
  }

  /** @param {Entry[]} rows @param {Drawing[]} drawings @param {number} width */
  drawRows(rows, drawings, width) {
    const wanted = new Set(rows.map((entry) => entry.key));
    const hadFocus = this.list.contains(document.activeElement);
    for (const [key, part] of this.parts) {
      if (!wanted.has(key)) {
        part.element.remove();
        this.parts.delete(key);
      }
    }
    if (!wanted.has(this.active)) this.active = rows[rows.length - 1].key;
    rows.forEach((entry, i) => {
      let part = this.parts.get(entry.key);
      if (part === undefined) {
        part = this.makeRow(entry.key);
        this.parts.set(entry.key, part);
      }
      if (this.list.children[i] !== part.element) this.list.insertBefore(part.element, this.list.children[i] ?? null);
      this.updateRow(part, entry, drawings[i], width);
    });
    if (hadFocus && document.activeElement === document.body) this.parts.get(this.active)?.element.focus();
  }

  /** @param {string} key */
  makeRow(key) {
    const label = h('span', { class: 'label' });
    const track = s('svg', { class: 'track', height: ROW_HEIGHT, 'aria-hidden': 'true' });
    const element = h('div', { role: 'option', class: 'lane', id: `lane-${key}` }, label, track);
    element.addEventListener('click', () => {
      const entry = this.rows.find((one) => one.key === key);
      if (entry !== undefined) this.choose(entry, true);
    });
    return { element, label, track };
  }

  /**
   * @param {{element: HTMLElement, label: HTMLElement, track: SVGSVGElement}} part
   * @param {Entry} entry @param {Drawing} drawing @param {number} width
   */
  updateRow({ element, label, track }, entry, drawing, width) {
    const kind = entry.live ? 'live' : entry.failed ? 'failed' : entry.outcome === 'ok' ? 'ok' : 'other';
    element.className = `lane ${kind}`;
    element.setAttribute('aria-label', laneLabel(entry));
    element.setAttribute('aria-selected', String(entry.key === this.selected));
    element.tabIndex = entry.key === this.active ? 0 : -1;
    fill(
      label,
      h('span', { class: 'dot' }),
      h('span', { class: 'id' }, entry.request),
      h('span', { class: 'method' }, entry.method),
      h('span', { class: 'path', title: entry.url }, entry.path),
      entry.risks.length > 0 && entry.cause === null ? h('span', { class: 'risk', title: 'an early warning' }, '!') : null,
      h('span', { class: 'took' }, duration(entry.end - entry.start)),
    );
    track.setAttribute('width', String(width));
    fill(track, ...shapes(drawing, entry));
  }

  /** @param {Arrow[]} arrows @param {Scale} scale @param {number} width */
  drawArrows(arrows, scale, width) {
    const height = this.rows.length * ROW_HEIGHT;
    this.overlay.setAttribute('width', String(width));
    this.overlay.setAttribute('height', String(height));
    fill(
      this.overlay,
      ...scale.folds.map((fold) => s('rect', { class: 'fold', x: fold.x, width: fold.width, y: 0, height })),
      ...arrows.map((arrow) => arrowShape(arrow, width)),
    );
    this.point(null);
  }

  /** Shows whose arrows are those of a row. @param {EventTarget | null} target */
  point(target) {
    const row = target instanceof Element ? target.closest('.lane') : null;
    const key = row === null ? this.selected : row.id.slice('lane-'.length);
    const shapes = [...this.overlay.querySelectorAll('.arrow')];
    const isOf = (/** @type {Element} */ one) => one.getAttribute('data-waiter') === key || one.getAttribute('data-owner') === key;
    const any = shapes.some(isOf);
    for (const one of shapes) one.classList.toggle('faint', any && !isOf(one));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const at = this.rows.findIndex((entry) => entry.key === this.active);
    const last = this.rows.length - 1;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / ROW_HEIGHT) - 2);
    const targets = /** @type {Record<string, number>} */ ({
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last,
    });
    if (event.key in targets) {
      event.preventDefault();
      this.moveTo(Math.max(0, Math.min(last, targets[event.key])));
    } else if ((event.key === 'Enter' || event.key === ' ') && at >= 0) {
      event.preventDefault();
      this.choose(this.rows[at], true);
    }
  }

  /** @param {number} index */
  moveTo(index) {
    const entry = this.rows[index];
    if (entry === undefined) return;
    this.parts.get(this.active)?.element.setAttribute('tabindex', '-1');
    this.active = entry.key;
    const element = this.parts.get(entry.key)?.element;
    element?.setAttribute('tabindex', '0');
    element?.focus();
  }

  /** @param {Entry} entry @param {boolean} tell */
  choose(entry, tell) {
    this.selected = entry.key;
    this.active = entry.key;
    for (const [key, { element }] of this.parts) {
      element.setAttribute('aria-selected', String(key === entry.key));
      element.tabIndex = key === entry.key ? 0 : -1;
    }
    this.point(null);
    if (tell) this.open(entry);
  }

  unselect() {
    this.selected = '';
    for (const { element } of this.parts.values()) element.setAttribute('aria-selected', 'false');
    this.point(null);
  }

  /** Back to the row that the details were opened from. */
  focus() {
    this.parts.get(this.active)?.element.focus();
  }
}

/** Room at both ends. @param {Scale} scale @param {number} by @returns {Scale} */
function shifted(scale, by) {
  return {
    width: scale.width + 2 * by,
    segments: scale.segments.map((segment) => ({ ...segment, x: segment.x + by })),
    folds: scale.folds.map((fold) => ({ ...fold, x: fold.x + by })),
    x: (time) => scale.x(time) + by,
  };
}

/** @param {number} x @param {number} from @param {number} to */
function zigzag(x, from, to) {
  const step = (to - from) / 3;
  return `M ${x} ${from} l 3 ${step} l -6 ${step} l 3 ${step}`;
}

/** @param {Drawing} drawing @param {Entry} entry */
function shapes(drawing, entry) {
  const { life } = drawing;
  const end = life.x + life.width;
  /** @type {SVGElement[]} */
  const parts = [s('rect', { class: 'life', x: life.x, y: 5, width: life.width, height: ROW_HEIGHT - 10, rx: 4 })];
  for (const span of drawing.pending) {
    parts.push(
      s('rect', {
        class: `pending ${span.kind.replace(' ', '-')}${span.isOpen ? ' open' : ''}`,
        x: span.x, y: 21 + span.subLane * 3.4, width: span.width, height: 2.6, rx: 1.3,
      }, s('title', {}, span.title)),
    );
  }
  for (const wait of drawing.waits) {
    parts.push(
      s('line', { class: `wait${wait.isOpen ? ' open' : ''}`, x1: wait.x, x2: wait.x + wait.width, y1: 13, y2: 13 },
        s('title', {}, wait.title)),
    );
  }
  for (const turn of drawing.turns) {
    parts.push(
      s('rect', { class: 'turn', x: turn.x, y: 8, width: turn.width, height: 10, rx: Math.min(2, turn.width / 3) },
        s('title', {}, turn.title)),
    );
  }
  if (!entry.live) parts.push(endMark(entry, end + 6));
  return parts;
}

/** @param {Entry} entry @param {number} x */
function endMark(entry, x) {
  if (!entry.failed) return s('circle', { class: 'end', cx: x, cy: 13, r: 3.2 });
  return s('path', { class: 'end', d: `M ${x - 3.5} 9.5 l 7 7 m 0 -7 l -7 7` });
}

/** @param {Arrow} arrow @param {number} width */
function arrowShape(arrow, width) {
  const isFailed = arrow.waiter.failed;
  const kind = isFailed ? ' failed' : arrow.isOver ? ' over' : '';
  const arc = arcOf(arrow, width);
  const title = `${arrow.waiter.request} ${arrow.waiter.live ? 'waits' : 'waited'} for a promise of ${arrow.owner}`;
  return s(
    'g',
    { class: `arrow${kind}`, 'data-waiter': arrow.waiter.key, 'data-owner': arrow.ownerKey },
    s('title', {}, title),
    s('path', { class: 'arc', d: arc.line }),
    s('path', { class: 'head', d: arc.head }),
    s('circle', { cx: arrow.x, cy: lineOf(arrow.from), r: 2.6 }),
    arrow.to === null ? s('text', { x: arrow.x + 5, y: lineOf(arrow.from) - 5 }, arrow.owner) : null,
  );
}
