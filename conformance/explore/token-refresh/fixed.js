// Only a token is remembered.
let token;

async function refresh() {
  const response = await fetch('https://api.test/token', { method: 'POST' });
  return (await response.json()).name;
}

export default {
  async fetch() {
    token ??= await refresh();
    return new Response('token of ' + token);
  },
};
