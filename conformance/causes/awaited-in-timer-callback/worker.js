// The second request reaches the shared promise late, in a callback of a timer of its own.
let schema;

function loadSchema() {
  schema ??= new Promise((resolve) => setTimeout(resolve, 11000, { fields: 3 }));
  return schema;
}

function debounced() {
  return new Promise((resolve, reject) => {
    setTimeout(async () => {
      try {
        const { fields } = await loadSchema();
        resolve(fields);
      } catch (error) {
        reject(error);
      }
    }, 2);
  });
}

export default {
  async fetch(request) {
    const count = await debounced();
    return new Response(`${count} fields`);
  },
};
