// @ts-check
/** The server's stream of events (docs/dashboard.md). The browser connects again by itself. */

/** @typedef {{worker: string | null, recordsAlways: boolean, samplingAbove: number}} Hello */
/** @typedef {{ended: number, failed: number, mattered: number}} Counts */
/** @typedef {{now: number, ended: any[], counts: Counts, inFlight?: {total: number, requests: any[], busyIsolates: number[]}}} Update */

/**
 * @param {object} listener
 * @param {(hello: Hello) => void} listener.hello connected, for the first time or again: what follows
 *     begins with all that the server remembers
 * @param {(update: Update) => void} listener.update
 * @param {() => void} listener.lost
 */
export function listen(listener) {
  const source = new EventSource('api/events');
  source.addEventListener('hello', (event) => listener.hello(JSON.parse(event.data)));
  source.addEventListener('update', (event) => listener.update(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    listener.lost();
    // A browser gives up after an answer that is not a stream: too many dashboards are open.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen(listener), 5_000);
    }
  });
}
