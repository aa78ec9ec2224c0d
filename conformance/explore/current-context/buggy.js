// A framework in the style of a few years ago: the context is reused.
const context = { request: null, user: null, body: '' };

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
    context.request = request;
    for (const step of middleware) await step(context);
    return new Response(context.body);
  },
};
