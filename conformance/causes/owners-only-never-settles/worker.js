// The first hang turns recording on: the second card has places.
function idle() {
  return new Promise(() => {});
}

export default {
  async fetch(request) {
    await idle();
    return new Response("never");
  },
};
