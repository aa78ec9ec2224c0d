// It goes well this time, as the first client stays.
const inflight = new Map();

async function readOnce(key, request) {
  if (!inflight.has(key)) {
    inflight.set(key, request.text());
  }
  return await inflight.get(key);
}

export default {
  async fetch(request) {
    const text = await readOnce("greeting", request);
    return new Response(text);
  },
};
