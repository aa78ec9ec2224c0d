// A context for each request.
const middleware = [
  async (c) => {
    const response = await fetch('https://api.test/session');
    c.user = (await response.json()).name;
  },
  (c) => {
    c.body = c.user + ' reads ' + new URL(c.request.url).pathname;
  },
];

export default {
  async fetch(request) {
    const context = { request, user: null, body: '' };
    for (const step of middleware) await step(context);
    return new Response(context.body);
  },
};
