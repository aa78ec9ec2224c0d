let greeting;

export default {
  async fetch() {
    if (greeting === undefined) {
      greeting = await (await fetch('https://api.test/greeting')).text();
    }
    return new Response('greeting: ' + greeting);
  },
};
