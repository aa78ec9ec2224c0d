/** Lets one at a time pass. */
export class Mutex {
  constructor() {
    this.locked = false;
    this.waiting = [];
  }

  acquire() {
    if (!this.locked) {
      this.locked = true;
      return Promise.resolve(() => this.release());
    }
    return new Promise((resolve) => {
      this.waiting.push(() => resolve(() => this.release()));
    });
  }

  release() {
    const next = this.waiting.shift();
    if (next) {
      next();
    } else {
      this.locked = false;
    }
  }
}
