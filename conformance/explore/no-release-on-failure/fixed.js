// The upstream orders what it appends; an id makes a repeated call harmless.
export default {
  async fetch(request) {
    const response = await fetch('https://api.test/append', {
      method: 'POST',
      headers: { 'idempotency-key': new URL(request.url).pathname },
    });
    const { name } = await response.json();
    return new Response(name);
  },
};
