// Initialised once, by the first request. If its client leaves meanwhile, nobody is served any more.
let config;

export default {
  async fetch() {
    config ??= fetch('https://api.test/config').then((response) => response.json());
    const { name } = await config;
    return new Response('hello ' + name);
  },
};
