// Two buffers, used in turn: enough until three requests are under way.
const buffers = [{ text: '' }, { text: '' }];
let next = 0;

export default {
  async fetch(request) {
    const buffer = buffers[next++ % 2];
    buffer.text = new URL(request.url).pathname;
    await scheduler.wait(10);
    return new Response('for ' + buffer.text);
  },
};
