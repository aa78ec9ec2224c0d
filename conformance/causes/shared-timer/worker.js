// The published example: requests that wait for one timer.
let blocker;

export default {
  async fetch(request) {
    return await handleRequest(request);
  },
};

async function handleRequest(request) {
  if (!blocker) {
    blocker = sleep(20000);
  }
  await blocker;
  return new Response("done");
}

function sleep(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
