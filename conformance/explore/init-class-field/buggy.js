// The settings are loaded once, by whoever needs them first.
class Settings {
  loading = null;

  load() {
    if (!this.loading) this.loading = this.download();
    return this.loading;
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
