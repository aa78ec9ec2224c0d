class Catalog {
  static instance;

  static async load() {
    const reply = await fetch("https://shop.example/delay/60000/catalog");
    return new Catalog(await reply.json());
  }

  static get() {
    Catalog.instance ??= Catalog.load();
    return Catalog.instance;
  }

  constructor(items) {
    this.items = items;
  }
}

export default {
  async fetch(request) {
    const catalog = await Catalog.get();
    return Response.json(catalog.items);
  },
};
