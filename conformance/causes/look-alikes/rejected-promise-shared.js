// A refusal that all requests hear of again.
const refused = Promise.reject(new Error('no'));
refused.catch(() => {});

export default {
  async fetch() {
    try {
      await refused;
    } catch (error) {
      return new Response(error.message);
    }
    return new Response('unreachable');
  },
};
