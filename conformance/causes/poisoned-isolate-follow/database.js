let opening;

export function database() {
  if (opening === undefined) {
    opening = open("https://db.example/delay/60000/open");
  }
  return opening;
}

async function open(url) {
  const reply = await fetch(url);
  return { name: await reply.text() };
}
