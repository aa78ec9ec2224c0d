// A reader handed to whoever comes next.
let reader;

export default {
  async fetch(request) {
    if (request.method === 'POST') {
      reader = request.body.getReader();
      await scheduler.wait(20000);
      return new Response('opened');
    }
    const { value } = await reader.read();
    return new Response(value);
  },
};
