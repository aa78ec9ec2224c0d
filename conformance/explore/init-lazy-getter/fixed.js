// A property that is computed when it is read, and fixed when its value is there.
const app = {
  get flags() {
    return fetch('https://api.test/flags')
      .then((response) => response.json())
      .then((value) => {
        Object.defineProperty(app, 'flags', { value, configurable: true });
        return value;
      });
  },
};

export default {
  async fetch(request) {
    const flags = await app.flags;
    const wanted = new URL(request.url).pathname.slice(1);
    return new Response(wanted in flags ? 'on' : 'off');
  },
};
