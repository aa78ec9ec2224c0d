import { arcOf, arrowsOf, drawingOf, lineOf, PAGE, pageOf } from 'dashboard/model/layout.js';
import { Requests } from 'dashboard/model/requests.js';
import { makeScale } from 'dashboard/model/scale.js';
import { ended, equal, isTrue } from './check.js';

const timeline = (more) => ({ start: 1_000, duration: 1_000, turns: [], pending: [], follows: [], truncated: false, ...more });

function drawn(...events) {
  const requests = new Requests();
  events.forEach((event) => requests.add(event));
  const rows = requests.all();
  const scale = makeScale(rows, 1_000);
  return { rows, requests, drawings: rows.map((entry) => drawingOf(entry, scale)) };
}

export function turnsAndPendingEventsStandWhereTheyHappened() {
  const { drawings } = drawn(ended(1, 'r1', {
    timeline: timeline({ turns: [{ at: 100, for: 200, kind: 'arrival' }], pending: [{ at: 300, to: 700, kind: 'timer', what: 'setTimeout 1 ms' }] }),
  }));
  const [drawing] = drawings;
  equal([drawing.life.x, drawing.life.width], [0, 1_000]);
  equal([drawing.turns[0].x, drawing.turns[0].width, drawing.turns[0].title], [100, 200, 'arrival turn, 200 µs']);
  equal([drawing.pending[0].x, drawing.pending[0].width, drawing.pending[0].isOpen], [300, 400, false]);
}

export function whatNeverEndedLastsToTheEndOfTheRequest() {
  const { drawings } = drawn(ended(1, 'r1', { timeline: timeline({ pending: [{ at: 250, kind: 'timer', what: 'x' }] }) }));
  equal([drawings[0].pending[0].width, drawings[0].pending[0].isOpen], [750, true]);
}

export function overlappingSpansAreStackedAsFarAsThereIsRoom() {
  const pending = [0, 1, 2, 3].map((at) => ({ at, to: 900, kind: 'timer', what: 'x' }));
  pending.push({ at: 950, to: 990, kind: 'timer', what: 'y' });
  const { drawings } = drawn(ended(1, 'r1', { timeline: timeline({ pending }) }));
  equal(drawings[0].pending.map((span) => span.subLane), [0, 1, 2, 2, 0]);
}

export function theShortestTurnCanBeSeen() {
  const { drawings } = drawn(ended(1, 'r1', { timeline: timeline({ turns: [{ at: 10, for: 0, kind: 'job' }] }) }));
  isTrue(drawings[0].turns[0].width >= 2, 'its width');
}

export function arrowsGoFromTheWaiterToTheOwner() {
  const { rows, requests, drawings } = drawn(
    ended(1, 'r1', { timeline: timeline({}) }),
    ended(2, 'r2', { timeline: timeline({ start: 1_100, follows: [{ at: 5, owner: 'r1' }, { at: 9, owner: 'r1' }] }) }),
    ended(3, 'r3', { timeline: timeline({ start: 1_200, follows: [{ at: 5, to: 20, owner: 'r99' }] }) }),
  );
  const arrows = arrowsOf(rows, drawings, (isolate, request) => requests.find(isolate, request));
  equal(arrows.map(({ from, to, owner, ownerKey, isOver }) => [from, to, owner, ownerKey, isOver]), [
    [1, 0, 'r1', 'e1', false],
    [2, null, 'r99', '', true],
  ]);
  isTrue(arcOf(arrows[0], 1_000).line.endsWith(` ${lineOf(0)}`), 'the arc ends at the owner');
  isTrue(arcOf(arrows[1], 1_000).line.includes('V'), 'a stub goes up');
}

export function pagesAreCountedFromTheNewest() {
  const entries = Array.from({ length: PAGE + 5 }, (_, i) => i);
  equal([pageOf(entries, 0).rows[0], pageOf(entries, 0).rows.length], [5, PAGE]);
  equal(pageOf(entries, 1).rows, [0, 1, 2, 3, 4]);
  equal([pageOf(entries, 9).back, pageOf([], 3).pages], [1, 1]);
}
