// The pattern of many clients for keys, tokens and settings: who comes first fetches, and whoever
// comes meanwhile waits for the same promise.
class KeySet {
  #url;
  #keys;
  _pendingFetch;

  constructor(url) {
    this.#url = url;
  }

  async get() {
    if (!this.#keys) await this.reload();
    return this.#keys;
  }

  async reload() {
    this._pendingFetch ??= this.#load().finally(() => {
      this._pendingFetch = undefined;
    });
    await this._pendingFetch;
  }

  async #load() {
    const response = await fetch(this.#url);
    ({ keys: this.#keys } = await response.json());
  }
}

let keySet;

addEventListener('fetch', (event) => event.respondWith(answer()));

async function answer() {
  keySet ??= new KeySet(JWKS_URL);
  const [key] = await keySet.get();
  const name = key.kid === 'test-key' ? 'alice' : 'nobody';
  console.log('verified', name);
  return new Response(name);
}
