/** Closures. */
export function memoize(make) {
  let cached;
  return () => (cached ??= make());
}
export class Db {
  static instance;
  static #hidden;
  static hide(promise) {
    Db.#hidden = promise;
  }
  static reveal() {
    return Db.#hidden;
  }
}
