// Marked as started before it has started.
let started = false;
let greeting;

export default {
  async fetch() {
    if (!started) {
      started = true;
      greeting = await (await fetch('https://api.test/greeting')).text();
    }
    return new Response('greeting: ' + greeting);
  },
};
