// Collects a stream that its own producer never closes.
function numbers() {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(1);
      controller.enqueue(2);
    },
  });
}

async function sum(stream) {
  let total = 0;
  for await (const number of stream) {
    total += number;
  }
  return total;
}

export default {
  async fetch() {
    return new Response(String(await sum(numbers())));
  },
};
