// A property that is computed when it is first read.
const app = {
  get flags() {
    const value = fetch('https://api.test/flags').then((response) => response.json());
    Object.defineProperty(app, 'flags', { value });
    return value;
  },
};

export default {
  async fetch(request) {
    const flags = await app.flags;
    const wanted = new URL(request.url).pathname.slice(1);
    return new Response(wanted in flags ? 'on' : 'off');
  },
};
