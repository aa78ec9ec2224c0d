// An event of the request settles a promise of the request.
export default {
  async fetch() {
    const target = new EventTarget();
    const heard = new Promise((resolve) => target.addEventListener('done', resolve, { once: true }));
    setTimeout(() => target.dispatchEvent(new Event('done')), 1);
    const event = await heard;
    return new Response(event.type);
  },
};
