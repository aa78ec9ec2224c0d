// The settings are asked for early and awaited late.
class Database {
  static open(url) {
    return fetch(url).then(() => new Database());
  }

  settings() {
    return new Promise((resolve) => {
      this.onSettings = resolve;
    });
  }
}

async function userOf(request) {
  const reply = await fetch("https://users.example/delay/20/me");
  return reply.text();
}

export default {
  async fetch(request) {
    const settings = Database.open("https://db.example/").then((db) => db.settings());
    const user = await userOf(request);
    const { theme } = await settings;
    return new Response(`${user}: ${theme}`);
  },
};
