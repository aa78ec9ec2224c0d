// One route for each way of HTTP that the tests look at.
const routes = {
  '/echo': (request) => new Response(request.body),
  '/text': () => new Response('some text'),
  '/empty': () => new Response(null, { status: 204 }),
  '/cookies': () => {
    const headers = new Headers();
    headers.append('set-cookie', 'a=1; Path=/');
    headers.append('set-cookie', 'b=2; Expires=Wed, 01 Jan 2031 00:00:00 GMT');
    return new Response('', { headers });
  },
  '/two-parts': twoParts,
  '/unzipped': async (request, env) => {
    const response = await fetch(env.UPSTREAM + '/zipped');
    return new Response(await response.text());
  },
  '/redirected': redirected,
  '/passed-on': (request, env) => fetch(env.UPSTREAM + '/original'),
  '/unreachable': async (request, env) => {
    try {
      return await fetch(env.CLOSED);
    } catch (error) {
      return new Response(`${error.name}: ${error.message}`);
    }
  },
  '/leaves': (request, env) => {
    fetch(env.SLOW).catch(() => {});
    return new Response('left');
  },
  '/leaves-on-disconnect': (request, env) => fetch(env.SLOW),
};

export default {
  fetch(request, env, ctx) {
    return routes[new URL(request.url).pathname](request, env, ctx);
  },
};

function twoParts(request, env, ctx) {
  const { readable, writable } = new TransformStream();
  ctx.waitUntil(writeParts(writable, env));
  return new Response(readable);
}

async function writeParts(writable, env) {
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  await writer.write(encoder.encode('first'));
  const held = await fetch(env.UPSTREAM + '/held');
  await writer.write(encoder.encode(await held.text()));
  await writer.close();
}

async function redirected(request, env) {
  const mode = new URL(request.url).searchParams.get('mode');
  try {
    const response = await fetch(env.UPSTREAM + '/moved', { redirect: mode });
    const { status, redirected, url } = response;
    const place = response.headers.get('location');
    return Response.json({ status, redirected, path: new URL(url).pathname, place });
  } catch (error) {
    return Response.json({ error: error.name });
  }
}
