/** A module of a worker that is only reached through what it exports. */
const inflight = new Map();
export const exported = { state: {} };
export function load(key, promise) {
  inflight.set(key, promise);
}
export function unload() {
  inflight.clear();
}
export let current = null;
export function setCurrent(promise) {
  current = promise;
}
