class FeatureFlags {
  #ready = null;
  #flags = new Map();

  async isOn(name) {
    this.#ready ??= this.#load();
    await this.#ready;
    return this.#flags.get(name) === true;
  }

  async #load() {
    await new Promise((resolve) => setTimeout(resolve, 8000));
    this.#flags.set("beta", true);
  }
}

const flags = new FeatureFlags();

export default {
  async fetch(request) {
    const beta = await flags.isOn("beta");
    return new Response(beta ? "beta" : "stable");
  },
};
