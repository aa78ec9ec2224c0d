// An id and its secret are replaced together, when both are there.
let credential = null;

async function rotate() {
  const response = await fetch('https://api.test/credential');
  const { name } = await response.json();
  const secret = await (await fetch('https://api.test/secret?of=' + name)).text();
  return { id: name, secret };
}

export default {
  async fetch() {
    credential ??= await rotate();
    return new Response('signed by ' + credential.id + ' with ' + credential.secret);
  },
};
