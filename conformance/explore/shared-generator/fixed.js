export default {
  async fetch() {
    const response = await fetch('https://api.test/page');
    const { name } = await response.json();
    return new Response(name);
  },
};
