// A stream whose source gives nothing and never closes.
function events() {
  return new ReadableStream({
    start(controller) {
      // The subscription that would call controller.enqueue() was forgotten.
    },
  });
}

export default {
  async fetch() {
    return new Response(events(), { headers: { 'content-type': 'text/event-stream' } });
  },
};
