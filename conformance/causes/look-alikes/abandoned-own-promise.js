// Starts work that nobody waits for, and answers.
async function audit() {
  await new Promise(() => {});
}

export default {
  async fetch() {
    audit();
    await scheduler.wait(1);
    return new Response('sent');
  },
};
