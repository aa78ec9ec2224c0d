import { counted, duration, laneLabel, messageText, number, samplingText, siteText } from 'dashboard/model/text.js';
import { equal } from './check.js';

export function durationsHaveThreeDigits() {
  const texts = [0, 840, 1_000, 12_340, 999_400, 1_200_000, 59_900_000, 185_000_000, 7_500_000_000].map(duration);
  equal(texts, ['0 µs', '840 µs', '1 ms', '12.3 ms', '999 ms', '1.2 s', '59.9 s', '3 min 5 s', '2 h 5 min']);
}

export function largeNumbersAreGrouped() {
  equal([number(5), number(1234), number(1234567)], ['5', '1,234', '1,234,567']);
  equal([counted(1, 'request'), counted(2, 'request')], ['1 request', '2 requests']);
}

export function nothingIsSaidWhenAllAreShown() {
  equal(samplingText({ ended: 40, shown: 40, failed: 2, mattered: 2, hidden: 0 }), '');
}

export function samplingIsToldWithExactCounts() {
  equal(
    samplingText({ ended: 1234, shown: 103, failed: 3, mattered: 3, hidden: 0 }),
    '103 of the 1,234 requests that ended in the last second are shown: all 3 that failed, and a random sample of the rest.',
  );
  equal(
    samplingText({ ended: 500, shown: 101, failed: 1, mattered: 1, hidden: 0 }),
    '101 of the 500 requests that ended in the last second are shown: the one that failed, and a random sample of the rest.',
  );
  equal(
    samplingText({ ended: 500, shown: 100, failed: 0, mattered: 0, hidden: 0 }),
    '100 of the 500 requests that ended in the last second are shown, a random sample. None failed.',
  );
}

export function aFloodOfFailuresIsNotHidden() {
  equal(
    samplingText({ ended: 9000, shown: 2000, failed: 9000, mattered: 9000, hidden: 7000 }),
    '2,000 of the 9,000 requests that ended in the last second are shown: too many of them matter to show each. Of 9,000 failures, some are left out.',
  );
}

export function logLinesReadAsTheyWereWritten() {
  equal(messageText(['a', 1, { b: [true] }, null]), 'a 1 {"b":[true]} null');
  equal(messageText('plain'), 'plain');
}

export function sitesNameFunctionAndPlace() {
  equal(siteText({ file: 'w.js', line: 3, column: 5, function: 'f' }), 'f (w.js:3:5)');
  equal(siteText({ file: 'w.js', line: 3, column: 5 }), 'w.js:3:5');
  equal(siteText(undefined), '');
}

export function aLaneSaysWhatItShows() {
  const entry = { request: 'r2', method: 'GET', path: '/b', outcome: 'exception', live: false, start: 0, end: 1_400, cause: { summary: 'r2 waits.' }, waitsFor: [] };
  equal(laneLabel(entry), 'r2, GET /b, exception, 1.4 ms, r2 waits.');
  const live = { ...entry, live: true, state: 'waiting', cause: null, waitsFor: ['a promise of r1'] };
  equal(laneLabel(live), 'r2, GET /b, waiting, in flight for 1.4 ms, waits for a promise of r1');
}
