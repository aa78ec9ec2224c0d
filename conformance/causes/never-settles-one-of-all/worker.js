async function headline() {
  const reply = await fetch("https://news.example/headline");
  return reply.text();
}

async function weather() {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return "sunny";
}

function stocks() {
  const { promise } = Promise.withResolvers();
  return promise;
}

async function frontPage() {
  const parts = await Promise.all([headline(), weather(), stocks()]);
  return parts.join("\n");
}

export default {
  async fetch(request) {
    return new Response(await frontPage());
  },
};
