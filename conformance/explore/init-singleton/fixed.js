// The database client becomes a singleton when it is connected.
class Database {
  static #instance;

  static async instance() {
    Database.#instance ??= await Database.#connect();
    return Database.#instance;
  }

  static async #connect() {
    const response = await fetch('https://api.test/connect', { method: 'POST' });
    const { name } = await response.json();
    return new Database(name);
  }

  constructor(name) {
    this.name = name;
  }
}

export default {
  async fetch() {
    const database = await Database.instance();
    return new Response('connected to ' + database.name);
  },
};
