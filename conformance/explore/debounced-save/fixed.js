// Saves that come within 10 ms are one: only the last is done, and every caller hears of it.
let latest = 0;
let saved = '';

function save(text) {
  const mine = ++latest;
  return new Promise((resolve) => {
    setTimeout(() => {
      if (mine === latest) saved = text;
      resolve(text.length > 0);
    }, 10);
  });
}

export default {
  async fetch(request) {
    const ok = await save(await request.text());
    return new Response(ok ? 'saved' : 'empty ' + saved);
  },
};
