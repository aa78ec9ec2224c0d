// Reads its own body twice, through a clone.
export default {
  async fetch(request) {
    const copy = request.clone();
    const [one, other] = await Promise.all([request.text(), copy.text()]);
    return new Response(String(one === other));
  },
};
