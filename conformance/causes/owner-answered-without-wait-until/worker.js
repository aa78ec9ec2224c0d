// The first request starts a timer for everybody, and answers without waiting for it.
let warm;

function startWarming() {
  warm = new Promise((resolve) => {
    setTimeout(() => resolve("warm"), 3000);
  });
}

export default {
  async fetch(request) {
    if (new URL(request.url).pathname === "/warm") {
      startWarming();
      return new Response("started", { status: 202 });
    }
    return new Response(await warm);
  },
};
