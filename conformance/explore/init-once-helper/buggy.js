// A function that runs once, and its promise for everybody.
function once(work) {
  let result;
  return () => (result ??= work());
}

const schema = once(async () => {
  const response = await fetch('https://api.test/schema');
  const { name } = await response.json();
  return { table: name };
});

export default {
  async fetch(request) {
    const { table } = await schema();
    return new Response('select * from ' + table + new URL(request.url).search);
  },
};
