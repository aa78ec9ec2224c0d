// As long polling is often written: the answer of one request is given by another.
const waiting = new Map();

function pollFor(id) {
  return new Promise((resolve) => {
    waiting.set(id, resolve);
  });
}

let result;

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/job") {
      result = pollFor("job");
      await request.text();
      return new Response(await result);
    }
    if (pathname === "/done") {
      waiting.get("job")("42");
      return new Response("thank you");
    }
    return new Response(await result);
  },
};
