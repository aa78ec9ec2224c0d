// The first request brings the template; the others wait for it through a helper.
let template;

async function readTemplate(request) {
  const text = await request.text();
  return (name) => text.replace("{name}", name);
}

async function templateFor(request) {
  template ??= readTemplate(request);
  const fill = await template;
  return fill;
}

export default {
  async fetch(request) {
    const fill = await templateFor(request);
    return new Response(fill("Ada"));
  },
};
