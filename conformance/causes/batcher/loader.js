/** Collects keys for a moment, then loads them together. */
export class Loader {
  constructor(loadMany) {
    this.loadMany = loadMany;
    this.batch = null;
  }

  load(key) {
    if (this.batch === null) {
      this.batch = [];
      setTimeout(() => this.dispatch(), 10000);
    }
    return new Promise((resolve, reject) => {
      this.batch.push({ key, resolve, reject });
    });
  }

  async dispatch() {
    const batch = this.batch;
    this.batch = null;
    try {
      const values = await this.loadMany(batch.map(({ key }) => key));
      batch.forEach(({ resolve }, index) => resolve(values[index]));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }
}
