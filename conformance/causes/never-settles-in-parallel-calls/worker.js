// Three calls of one function at once; the second never ends.
const acknowledgements = new Map();

async function publish(topic) {
  const reply = await fetch(`https://broker.example/${topic}`, { method: "POST" });
  const text = await reply.text();
  if (topic === "audit") {
    await new Promise((resolve) => acknowledgements.set(topic, resolve));
  }
  return text.length;
}

export default {
  async fetch(request) {
    const sizes = await Promise.all(["orders", "audit", "mail"].map(publish));
    return new Response(sizes.join(" "));
  },
};
