// node_modules/once-loader/index.js
function once(load) {
  let pending;
  return async function loaded() {
    pending ??= load();
    const value = await pending;
    return value;
  };
}

// src/settings.ts
var SOURCE = "http://up.test/delay/20000/settings";
async function fetchSettings() {
  const response = await fetch(SOURCE);
  const greeting = await response.text();
  return { greeting, loadedFrom: SOURCE };
}
var settings = once(fetchSettings);

// src/worker.ts
var Greeter = class {
  constructor(prefix) {
    this.prefix = prefix;
  }
  prefix;
  async greet(name) {
    const { greeting } = await settings();
    return `${this.prefix}${greeting}, ${name}`;
  }
};
var worker_default = {
  async fetch(request) {
    const greeter = new Greeter("> ");
    return new Response(await greeter.greet(request.url), { status: 200 /* Fine */ });
  }
};
export {
  worker_default as default
};
