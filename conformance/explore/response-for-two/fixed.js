// Each fetches its page, unless the text of one is there.
const texts = new Map();

async function shared(path) {
  if (!texts.has(path)) {
    const response = await fetch('https://api.test' + path);
    texts.set(path, { status: response.status, text: await response.text() });
  }
  return texts.get(path);
}

export default {
  async fetch(request) {
    const { status, text } = await shared(new URL(request.url).pathname);
    return new Response(text, { status });
  },
};
