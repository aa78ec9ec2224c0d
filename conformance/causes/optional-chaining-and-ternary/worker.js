// Awaits in the places where people put them without thinking.
const state = { user: null, limits: undefined };

function later(value, ms) {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}

export default {
  async fetch(request) {
    state.user ??= later({ name: "Ada" }, 3000);
    const name = request.headers.has("x-anonymous") ? "nobody" : (await state.user)?.name;
    return new Response(`hello ${name}`);
  },
};
