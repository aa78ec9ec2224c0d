// Promise.any is content with the first that fulfils.
export default {
  async fetch() {
    const answers = [new Promise(() => {}), Promise.reject(new Error('no')), scheduler.wait(2).then(() => 'yes')];
    return new Response(await Promise.any(answers));
  },
};
