// Produces and consumes a stream in one request.
export default {
  async fetch() {
    const stream = new ReadableStream({
      async pull(controller) {
        await scheduler.wait(1);
        controller.enqueue('x');
        if (++this.count === 3) controller.close();
      },
      count: 0,
    });
    let text = '';
    for await (const chunk of stream) text += chunk;
    return new Response(text);
  },
};
