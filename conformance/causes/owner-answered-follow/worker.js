const cache = new Map();

async function refresh(name) {
  const reply = await fetch(`https://origin.example/delay/60000/${name}`);
  return reply.text();
}

export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname === "/warm") {
      cache.set("page", refresh("page"));
      return new Response("started", { status: 202 });
    }
    const html = await cache.get("page");
    return new Response(html, { headers: { "content-type": "text/html" } });
  },
};
