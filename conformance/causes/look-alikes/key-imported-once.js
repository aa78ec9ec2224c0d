// A CryptoKey is a value: kept settled and used by all.
let key;

export default {
  async fetch() {
    key ??= await crypto.subtle.importKey('raw', new Uint8Array(32), 'AES-GCM', false, ['encrypt', 'decrypt']);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new Uint8Array(8));
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed);
    return new Response(String(opened.byteLength));
  },
};
