// Placeholders are found one by one; between two of them their value is fetched.
const placeholder = /\{(\w+)\}/g;

async function render(template) {
  const values = [];
  placeholder.lastIndex = 0;
  let match;
  while ((match = placeholder.exec(template)) !== null) {
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
