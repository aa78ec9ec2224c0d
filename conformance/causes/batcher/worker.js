import { Loader } from "./loader.js";

const users = new Loader(async (ids) => {
  const reply = await fetch(`https://users.example/delay/60000/batch?ids=${ids.join(",")}`);
  return reply.json();
});

export default {
  async fetch(request) {
    const id = new URL(request.url).pathname.split("/").pop();
    const user = await users.load(id);
    return Response.json(user);
  },
};
