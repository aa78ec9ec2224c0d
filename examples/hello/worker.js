// Answers every request with a greeting.
// Try: whence dev examples/hello/worker.js, then curl http://127.0.0.1:8787/?name=you
export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    const name = searchParams.get('name') ?? 'world';
    console.log('greeting %s', name);
    return new Response(`Hello, ${name}!\n`);
  },
};
