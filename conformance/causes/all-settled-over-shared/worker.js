// Health of the parts, checked at most once a minute.
const checks = { at: 0, running: [] };

async function check(name, ms) {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return name;
}

function runChecks() {
  if (checks.running.length === 0) {
    checks.running.push(check("database", 40000), check("queue", 50000));
  }
  return checks.running;
}

export default {
  async fetch() {
    const results = await Promise.allSettled(runChecks());
    const healthy = results.every(({ status }) => status === "fulfilled");
    return new Response(healthy ? "ok" : "broken", { status: healthy ? 200 : 503 });
  },
};
