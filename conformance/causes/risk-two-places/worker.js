let words;

async function upper() {
  return (await words).toUpperCase();
}

async function lower() {
  return (await words).toLowerCase();
}

export default {
  async fetch(request) {
    if (request.method === "POST") {
      words = request.text();
      return new Response(await words);
    }
    return new Response(request.url.endsWith("upper") ? await upper() : await lower());
  },
};
