// Server-sent events of a timer.
export default {
  fetch() {
    let sent = 0;
    const encoder = new TextEncoder();
    return new Response(
      new ReadableStream({
        start(controller) {
          const interval = setInterval(() => {
            controller.enqueue(encoder.encode(`data: ${++sent}\n\n`));
            if (sent < 3) return;
            clearInterval(interval);
            controller.close();
          }, 1);
        },
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    );
  },
};
