// Who does not know the region asks for it.
let region = '';

export default {
  async fetch() {
    if (region === '') {
      const response = await fetch('https://api.test/region');
      region = (await response.json()).name;
    }
    return new Response('served from ' + region);
  },
};
