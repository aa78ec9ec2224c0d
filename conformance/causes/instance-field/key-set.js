/** Keys of an issuer, fetched when they are first asked for. */
export class RemoteKeySet {
  constructor(url) {
    this.url = url;
    this.keys = null;
    this._pendingFetch = null;
  }

  async find(kid) {
    if (this.keys === null) {
      await this.reload();
    }
    return this.keys.find((key) => key.kid === kid);
  }

  async reload() {
    this._pendingFetch ??= this.download();
    await this._pendingFetch;
  }

  async download() {
    const reply = await fetch(this.url);
    this.keys = (await reply.json()).keys;
    this._pendingFetch = null;
  }
}
