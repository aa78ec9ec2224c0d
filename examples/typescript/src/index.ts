// A worker in TypeScript; its bindings come from the vars of wrangler.jsonc.
// Try: whence dev examples/typescript, then curl http://127.0.0.1:8787/
import { greet } from './greet';

interface Env {
  GREETING: string;
  LANGUAGES: string[];
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const language = request.headers.get('accept-language')?.slice(0, 2) ?? 'en';
    const known: boolean = env.LANGUAGES.includes(language);
    return Response.json({ text: greet(env.GREETING, 'TypeScript'), language, known });
  },
};
