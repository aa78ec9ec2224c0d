// Emptied at the start of each request, filled while it waits.
const rows = [];

async function gather(name) {
  rows.length = 0;
  for (const part of ['head', 'tail']) {
    const response = await fetch('https://api.test/' + name + '/' + part);
    rows.push(name + ' ' + part + ' ' + response.status);
  }
}

export default {
  async fetch(request) {
    await gather(new URL(request.url).pathname.slice(1));
    return Response.json(rows);
  },
};
