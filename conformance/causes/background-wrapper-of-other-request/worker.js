let connecting;

const connect = () => (connecting ??= new Promise((resolve) => setTimeout(resolve, 9000)));

async function record(event) {
  await connect();
  console.log("recorded", event);
}

addEventListener("fetch", (event) => {
  event.waitUntil(record(event.request.url));
  event.respondWith(new Response("ok"));
});
