import { Connection } from "./connection.js";

const connection = new Connection("wss://chat.example");

export default {
  async fetch(request) {
    await connection.ready;
    return new Response(`connected to ${connection.url}`);
  },
};
