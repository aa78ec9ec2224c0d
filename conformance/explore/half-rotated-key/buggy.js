// An id and a secret belong together, but are replaced in two steps.
const credential = { id: 'whence', secret: '', fresh: false };

async function rotate() {
  credential.fresh = true;
  const response = await fetch('https://api.test/credential');
  const { name } = await response.json();
  credential.id = name;
  credential.secret = await (await fetch('https://api.test/secret?of=' + name)).text();
}

export default {
  async fetch() {
    if (!credential.fresh) await rotate();
    return new Response('signed by ' + credential.id + ' with ' + credential.secret);
  },
};
