import { limit } from "./limit.js";

const oneAtATime = limit(1);

export default {
  async fetch(request) {
    const size = await oneAtATime(async () => {
      const text = await request.text();
      return text.length;
    });
    return new Response(`${size} characters`);
  },
};
