// A router with middleware, as frameworks build it.
class Router {
  #routes = [];
  #middleware = [];

  use(step) {
    this.#middleware.push(step);
    return this;
  }

  get(path, handler) {
    this.#routes.push({ path, handler });
    return this;
  }

  async handle(request, env, ctx) {
    const { pathname } = new URL(request.url);
    const route = this.#routes.find(({ path }) => path.test(pathname));
    const context = { request, env, ctx, route };
    return this.#run(0, context);
  }

  async #run(index, context) {
    const step = this.#middleware[index];
    if (step) {
      return step(context, () => this.#run(index + 1, context));
    }
    return context.route ? context.route.handler(context) : new Response("none", { status: 404 });
  }
}

let policy;

const router = new Router()
  .use(async (context, next) => {
    const reply = await next();
    reply.headers.set("x-served-by", "worker");
    return reply;
  })
  .use(async (context, next) => {
    policy ??= fetch("https://policy.example/delay/60000/").then((reply) => reply.text());
    context.policy = await policy;
    return next();
  })
  .get(/^\/[ab]$/, (context) => new Response(context.policy));

export default { fetch: (...given) => router.handle(...given) };
