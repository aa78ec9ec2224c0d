import { makeScale, roundUp, ticksOf } from 'dashboard/model/scale.js';
import { equal, isTrue } from './check.js';

const second = 1_000_000;

export function oneBurstFillsTheWidth() {
  const scale = makeScale([{ start: 0, end: 50 }, { start: 40, end: 100 }], 200);
  equal(scale.segments.length, 1);
  equal([scale.x(0), scale.x(50), scale.x(100)], [0, 100, 200]);
}

export function aLongPauseIsFolded() {
  const scale = makeScale([{ start: 0, end: second }, { start: 60 * second, end: 61 * second }], 430);
  equal(scale.folds, [{ x: 200, width: 30, skipped: 59 * second }]);
  equal([scale.x(second), scale.x(60 * second)], [200, 230]);
  equal(scale.x(30 * second), 200);
}

export function aShortPauseIsNot() {
  const scale = makeScale([{ start: 0, end: second }, { start: 1.2 * second, end: 2 * second }], 400);
  equal(scale.folds, []);
  equal(scale.x(1.1 * second), 220);
}

export function manyShortRequestsStayVisible() {
  const spans = Array.from({ length: 80 }, (_, i) => ({ start: i * 10 * second, end: i * 10 * second + 900 }));
  const scale = makeScale(spans, 800);
  equal(scale.segments.length, 80);
  isTrue(scale.segments.every((segment) => segment.width > 2), 'every segment is seen');
  isTrue(Math.abs(scale.x(spans[79].end) - 800) < 1e-6, 'the last one ends at the right');
}

export function timeNeverGoesBackwards() {
  const scale = makeScale([{ start: 5, end: 5 }, { start: second, end: 3 * second }, { start: 0, end: 2 }], 300);
  let last = -1;
  for (let time = 0; time <= 3 * second; time += 10_000) {
    isTrue(scale.x(time) >= last, `x(${time})`);
    last = scale.x(time);
  }
}

export function ticksStandAtRoundDistances() {
  const scale = makeScale([{ start: 0, end: second }], 1_000);
  equal(ticksOf(scale).map((tick) => tick.offset), [0, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000, 800_000, 900_000]);
  equal([roundUp(1), roundUp(3), roundUp(70), roundUp(101)], [1, 5, 100, 200]);
}
