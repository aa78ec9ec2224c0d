// A poll waits up to 20 ms for a message; who publishes waits until all have taken it.
const subscribers = new Set();

async function poll() {
  const subscriber = { message: 'nothing', taken: null };
  subscribers.add(subscriber);
  await scheduler.wait(20);
  subscribers.delete(subscriber);
  subscriber.taken?.();
  return 'polled';
}

async function publish(message) {
  const deliveries = [...subscribers].map((subscriber) => {
    subscriber.message = message;
    return new Promise((resolve) => (subscriber.taken = resolve));
  });
  await Promise.all(deliveries);
  return 'published';
}

export default {
  async fetch(request) {
    if (request.method === 'GET') return new Response(await poll());
    return new Response(await publish(await request.text()));
  },
};
