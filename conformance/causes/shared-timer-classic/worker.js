let blocker;

addEventListener("fetch", (event) => {
  event.respondWith(handleRequest(event.request));
});

async function handleRequest(request) {
  if (!blocker) {
    blocker = sleep(20000);
  }
  await blocker;
  return new Response("done");
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
