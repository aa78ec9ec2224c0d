let connection;

async function connect() {
  if (connection === undefined) {
    connection = open("primary");
  }
  return connection;
}

async function open(name) {
  await new Promise((resolve) => setTimeout(resolve, 15000));
  return { name, query: (text) => `${name}> ${text}` };
}

export default {
  async fetch(request) {
    const db = await connect();
    return new Response(db.query("select 1"));
  },
};
