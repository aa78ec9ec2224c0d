// The first request makes a promise and awaits it; all later ones await it fulfilled.
let config;

export default {
  async fetch() {
    if (config === undefined) {
      const loading = (async () => 'config')();
      await loading;
      config = loading;
    }
    return new Response(await config);
  },
};
