// A job is begun by one request, finished by a second, and asked for by a third.
let job;

async function begin(request) {
  job = Promise.withResolvers();
  await request.text();
  return new Response(await job.promise);
}

function finish() {
  job.resolve("42");
  return new Response("thank you");
}

export default {
  async fetch(request) {
    switch (new URL(request.url).pathname) {
      case "/job":
        return begin(request);
      case "/done":
        return finish();
      default:
        return new Response(await job.promise);
    }
  },
};
