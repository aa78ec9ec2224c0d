import { signingKey } from "./keys.js";

export async function authorize(request) {
  const header = request.headers.get("authorization");
  const claims = await verify(header ?? "Bearer none");
  return claims.valid ? { name: claims.subject } : null;
}

async function verify(header) {
  const key = await signingKey();
  const [, token] = header.split(" ");
  return { valid: token.startsWith(key), subject: token };
}
