// A refresh that failed is remembered for ever.
let token;

async function refresh() {
  const response = await fetch('https://api.test/token', { method: 'POST' });
  return (await response.json()).name;
}

export default {
  async fetch() {
    token ??= refresh();
    return new Response('token of ' + (await token));
  },
};
