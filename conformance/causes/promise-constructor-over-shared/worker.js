// The promise constructor where a plain await would do.
let profile;

function loadProfile() {
  if (!profile) {
    profile = fetch("https://id.example/delay/60000/profile").then((reply) => reply.json());
  }
  return profile;
}

function nameOf(id) {
  return new Promise((resolve, reject) => {
    loadProfile().then(({ name }) => resolve(`${name} (${id})`), reject);
  });
}

export default {
  async fetch(request) {
    const name = await nameOf(7);
    return new Response(name);
  },
};
