// A factory as libraries have it: what it returns is a method bound to an instance nobody else holds.
class KeySet {
  async key() {
    this._pending ??= this.load();
    return this._pending;
  }

  async load() {
    await scheduler.wait(20000);
    return "key";
  }
}

const createKeySet = () => KeySet.prototype.key.bind(new KeySet());
const keys = createKeySet();

export default {
  async fetch() {
    return new Response(await keys());
  },
};
