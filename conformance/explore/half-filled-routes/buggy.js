// Routes are registered by the first request; some need the upstream.
const routes = new Map();

async function register() {
  routes.set('/health', () => 'healthy');
  const response = await fetch('https://api.test/routes');
  const { name } = await response.json();
  routes.set('/' + name, () => 'hello from ' + name);
}

export default {
  async fetch(request) {
    if (routes.size === 0) await register();
    const handler = routes.get(new URL(request.url).pathname);
    return handler ? new Response(handler()) : new Response('no such route', { status: 404 });
  },
};
