// Ids come in pages from one generator for all.
async function* pages() {
  while (true) {
    const response = await fetch('https://api.test/page');
    const { name } = await response.json();
    yield name;
  }
}
const ids = pages();

export default {
  async fetch() {
    const { value } = await ids.next();
    return new Response(value);
  },
};
