// The first loads, the others wait for the event `loaded`.
const events = new EventTarget();
let state = 'new';
let model = null;

async function load() {
  state = 'loading';
  model = await (await fetch('https://api.test/model')).json();
  state = 'loaded';
  events.dispatchEvent(new Event('loaded'));
}

export default {
  async fetch() {
    if (state === 'new') await load();
    if (state === 'loading') {
      await new Promise((resolve) => events.addEventListener('loaded', resolve, { once: true }));
    }
    return new Response('model of ' + model.name);
  },
};
