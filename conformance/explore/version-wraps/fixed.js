// A version that counts.
let version = 0;
let entries = [];
let written = 0;

async function append(entry) {
  for (;;) {
    const seen = version;
    const next = [...entries, entry];
    await fetch('https://api.test/validate', { method: 'POST', body: entry });
    if (seen === version) {
      entries = next;
      version++;
      written++;
      return;
    }
  }
}

export default {
  async fetch(request) {
    await append(new URL(request.url).pathname);
    return new Response(entries.length === written ? 'complete' : 'an entry was lost');
  },
};
