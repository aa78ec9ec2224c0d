import { settings } from './settings';

enum Status {
  Fine = 200,
}

class Greeter {
  constructor(private readonly prefix: string) {}

  async greet(name: string): Promise<string> {
    const { greeting } = await settings();
    return `${this.prefix}${greeting}, ${name}`;
  }
}

export default {
  async fetch(request: Request): Promise<Response> {
    const greeter = new Greeter('> ');
    return new Response(await greeter.greet(request.url), { status: Status.Fine });
  },
};
