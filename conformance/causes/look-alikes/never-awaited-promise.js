// A promise that never settles lies in a variable; nobody awaits it.
let never;

export default {
  async fetch() {
    never ??= new Promise(() => {});
    return new Response(String(never instanceof Promise));
  },
};
