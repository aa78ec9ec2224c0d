function once(target, type) {
  return new Promise((resolve) => {
    target.addEventListener(type, resolve, { once: true });
  });
}

async function untilAborted(signal) {
  const event = await once(signal, "abort");
  return event.type;
}

export default {
  async fetch(request) {
    const controller = new AbortController();
    const reason = await untilAborted(controller.signal);
    return new Response(reason);
  },
};
