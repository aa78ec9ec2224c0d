import { authorize } from "./auth.js";

export default {
  async fetch(request) {
    const user = await authorize(request);
    if (user === null) {
      return new Response("who are you?", { status: 401 });
    }
    return new Response(`hello ${user.name}`);
  },
};
