// One generator for all. The step that B asks for comes after A's.
let lines;

async function* readLines(request) {
  const text = await request.text();
  for (const character of text) {
    yield character;
  }
}

export default {
  async fetch(request) {
    lines ??= readLines(request);
    const { value } = await lines.next();
    return new Response(value);
  },
};
