// The answer goes out at once; the report never does.
class Reporter {
  #done = Promise.withResolvers();

  async send(line) {
    this.last = line;
    await this.#done.promise;
  }
}

export default {
  async fetch(request, env, ctx) {
    const reporter = new Reporter();
    ctx.waitUntil(reporter.send(request.url));
    return new Response("ok");
  },
};
