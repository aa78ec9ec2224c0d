// Routes are put in place when all are known.
let routes = null;

async function register() {
  const table = new Map();
  table.set('/health', () => 'healthy');
  const response = await fetch('https://api.test/routes');
  const { name } = await response.json();
  return table.set('/' + name, () => 'hello from ' + name);
}

export default {
  async fetch(request) {
    routes ??= await register();
    const handler = routes.get(new URL(request.url).pathname);
    return handler ? new Response(handler()) : new Response('no such route', { status: 404 });
  },
};
