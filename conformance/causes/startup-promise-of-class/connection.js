/** Offers a promise of being open, as many clients do. */
export class Connection {
  constructor(url) {
    this.url = url;
    this.ready = new Promise((resolve, reject) => {
      this.onopen = resolve;
      this.onerror = reject;
    });
  }
}
