import { memoize } from "./lib/memoize.js";

const countries = memoize(async () => {
  const reply = await fetch("https://geo.example/delay/60000/countries");
  return new Set((await reply.text()).split(","));
});

export default {
  async fetch(request) {
    const known = await countries();
    const code = request.headers.get("cf-ipcountry") ?? "XX";
    return new Response(known.has(code) ? "welcome" : "not here", {
      status: known.has(code) ? 200 : 451,
    });
  },
};
