// Global scope waits for what it can have; requests use the value.
const table = await crypto.subtle.digest('SHA-256', new Uint8Array(4));
const { size } = await Promise.resolve({ size: table.byteLength });

export default {
  async fetch() {
    await scheduler.wait(1);
    return new Response(String(size));
  },
};
