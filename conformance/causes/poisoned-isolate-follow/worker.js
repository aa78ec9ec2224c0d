// The first client leaves while the database handle is opened for everybody.
import { database } from "./database.js";

export default {
  async fetch(request) {
    const db = await database();
    return new Response(db.name);
  },
};
