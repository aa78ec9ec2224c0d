let token;

const requestToken = async () => {
  const reply = await fetch("https://login.example/delay/60000/token", { method: "POST" });
  return reply.text();
};

const getToken = async () => (token ??= requestToken());

export default {
  fetch: async (request) => {
    const bearer = await getToken();
    return new Response("signed in with " + bearer);
  },
};
