// Settings are shared by all requests, the session is each request's own.
let settings;

const loadSettings = () => {
  settings ??= new Promise((resolve) => {
    setTimeout(() => resolve({ theme: "dark" }), 30000);
  });
  return settings;
};

async function loadSession(request) {
  const cookie = request.headers.get("cookie") ?? "";
  return { user: cookie.slice(5) || "guest" };
}

export default {
  async fetch(request) {
    const [{ theme }, { user }] = await Promise.all([
      loadSettings(),
      loadSession(request),
    ]);
    return new Response(`${user} likes it ${theme}`);
  },
};
