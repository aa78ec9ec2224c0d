// Keeps the newest request object and reads its body for whoever asks.
let latest;

export default {
  async fetch(request) {
    if (request.method === 'POST') {
      latest = request;
      await scheduler.wait(20000);
      return new Response('kept');
    }
    return new Response(await latest.text());
  },
};
