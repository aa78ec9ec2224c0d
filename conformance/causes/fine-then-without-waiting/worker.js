// The second request looks at the first one's promise, but its answer does not wait for it.
let total;

export default {
  fetch(request) {
    if (request.method === "POST") {
      total = request.text().then((text) => text.length);
      return total.then((length) => new Response(String(length)));
    }
    total.then((length) => console.log("the total is", length));
    return new Response("see the log");
  },
};
