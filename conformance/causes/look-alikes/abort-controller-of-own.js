// Takes the faster of two subrequests and aborts the other.
export default {
  async fetch() {
    const controller = new AbortController();
    const { signal } = controller;
    const slow = fetch('http://up.test/never', { signal }).catch(() => 'aborted');
    const fast = fetch('http://up.test/delay/2').then((response) => response.text());
    const winner = await Promise.race([slow, fast]);
    controller.abort();
    return new Response(`${winner} ${await slow}`);
  },
};
