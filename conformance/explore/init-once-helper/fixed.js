// A function that runs until it has returned once, and its value for everybody.
function untilOnce(work) {
  let done = false;
  let result;
  return async () => {
    if (done) return result;
    const mine = await work();
    done = true;
    return (result = mine);
  };
}

const schema = untilOnce(async () => {
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
