// Placeholders are found at once; then their values are fetched.
const placeholder = /\{(\w+)\}/g;

async function render(template) {
  const values = [];
  for (const match of template.matchAll(placeholder)) {
    const response = await fetch('https://api.test/values/' + match[1]);
    values.push(match[1] + '=' + (await response.json()).name);
  }
  return values.join();
}

export default {
  async fetch(request) {
    return new Response(await render(await request.text()));
  },
};
