// A poll waits 20 ms and takes what has come; who publishes waits for nobody.
const subscribers = new Set();

async function poll() {
  const subscriber = { message: 'nothing' };
  subscribers.add(subscriber);
  await scheduler.wait(20);
  subscribers.delete(subscriber);
  return 'polled';
}

function publish(message) {
  for (const subscriber of subscribers) subscriber.message = message;
  return 'published';
}

export default {
  async fetch(request) {
    if (request.method === 'GET') return new Response(await poll());
    return new Response(publish(await request.text()));
  },
};
