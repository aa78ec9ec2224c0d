// Nobody passes before the gate is open; the first request opens it.
let open;
const gate = new Promise((resolve) => (open = resolve));
let opening = false;
let region = '';

export default {
  async fetch() {
    if (!opening) {
      opening = true;
      const response = await fetch('https://api.test/region');
      region = (await response.json()).name;
      open();
    }
    await gate;
    return new Response('served from ' + region);
  },
};
