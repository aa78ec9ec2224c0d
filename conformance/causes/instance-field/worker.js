import { RemoteKeySet } from "./key-set.js";

const jwks = new RemoteKeySet("https://id.example/delay/60000/jwks.json");

export default {
  async fetch(request) {
    const kid = new URL(request.url).searchParams.get("kid") ?? "1";
    const key = await jwks.find(kid);
    return new Response(key ? "known" : "unknown");
  },
};
