function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function boot() {
  globalThis.__app ??= wait(12000).then(() => ({ started: Date.now() }));
  return await globalThis.__app;
}

addEventListener("fetch", (event) => {
  event.respondWith(
    boot().then((app) => new Response(`up since ${app.started}`)),
  );
});
