// Everybody waits for what the first request started, but only so long: no hang, a risk all the same.
let weather;

const timeout = (ms) => new Promise((resolve) => setTimeout(resolve, ms, "unknown"));

export default {
  async fetch(request) {
    weather ??= fetch("https://weather.example/delay/60000/now").then((reply) => reply.text());
    const patience = Number(new URL(request.url).searchParams.get("patience"));
    return new Response(await Promise.race([weather, timeout(patience)]));
  },
};
