// The settings are loaded by each request until one has got them.
class Settings {
  loaded = null;

  async load() {
    if (!this.loaded) this.loaded = await this.download();
    return this.loaded;
  }

  async download() {
    const response = await fetch('https://api.test/settings.json');
    return response.json();
  }
}

const settings = new Settings();

export default {
  async fetch(request) {
    const { name } = await settings.load();
    return Response.json({ title: name, path: new URL(request.url).pathname });
  },
};
