import { Mutex } from "./mutex.js";

const writes = new Mutex();
const journal = [];

export default {
  async fetch(request) {
    const release = await writes.acquire();
    try {
      journal.push(await request.text());
      return new Response(String(journal.length));
    } finally {
      release();
    }
  },
};
