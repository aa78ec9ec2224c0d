// Ids that come within 5 ms are looked up together.
let batch = null;

function lookUp(id) {
  if (batch === null) {
    const ids = [];
    const result = new Promise((resolve) => {
      setTimeout(async () => {
        batch = null;
        const response = await fetch('https://api.test/many?ids=' + ids.join());
        resolve(await response.text());
      }, 5);
    });
    batch = { ids, result };
  }
  batch.ids.push(id);
  return batch.result;
}

export default {
  async fetch(request) {
    return new Response(await lookUp(new URL(request.url).pathname.slice(1)));
  },
};
