// Who finds no model loads one; no event is needed.
let model = null;

async function load() {
  const loaded = await (await fetch('https://api.test/model')).json();
  model ??= loaded;
}

export default {
  async fetch() {
    if (model === null) await load();
    return new Response('model of ' + model.name);
  },
};
