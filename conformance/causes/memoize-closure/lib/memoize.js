/** Calls `make` once and gives everybody its result. */
export function memoize(make) {
  let result;
  let made = false;
  return () => {
    if (!made) {
      result = make();
      made = true;
    }
    return result;
  };
}
