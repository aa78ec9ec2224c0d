/**
 * Gives all callers the result of one load.
 */
export function once(load) {
  let pending;
  return async function loaded() {
    pending ??= load();
    const value = await pending;
    return value;
  };
}
