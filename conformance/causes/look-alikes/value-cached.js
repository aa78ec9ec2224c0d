// Each request fetches until one has stored the value; the promise is never shared.
let text;

export default {
  async fetch() {
    if (text === undefined) {
      const response = await fetch('http://up.test/delay/5');
      text = await response.text();
    }
    return new Response(text);
  },
};
