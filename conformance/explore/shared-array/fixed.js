// An array for each request.
async function gather(name) {
  const rows = [];
  for (const part of ['head', 'tail']) {
    const response = await fetch('https://api.test/' + name + '/' + part);
    rows.push(name + ' ' + part + ' ' + response.status);
  }
  return rows;
}

export default {
  async fetch(request) {
    return Response.json(await gather(new URL(request.url).pathname.slice(1)));
  },
};
