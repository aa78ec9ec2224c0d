// Uses a subrequest's answer twice, both times in the request that got it.
export default {
  async fetch() {
    const response = await fetch('http://up.test/stream/2');
    const copy = response.clone();
    console.log(await copy.text());
    return response;
  },
};
