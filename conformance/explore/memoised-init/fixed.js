// Only the value is kept.
let config;

export default {
  async fetch() {
    if (config === undefined) {
      const response = await fetch('https://api.test/config');
      config = await response.json();
    }
    return new Response('hello ' + config.name);
  },
};
