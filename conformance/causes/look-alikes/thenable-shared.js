// What is shared is no promise: each await asks it anew.
const thenable = {
  then(resolve) {
    setTimeout(resolve, 1, 'asked');
  },
};

export default {
  async fetch() {
    return new Response(await thenable);
  },
};
