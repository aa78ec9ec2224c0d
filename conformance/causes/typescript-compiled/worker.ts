// TypeScript that must be compiled: an enum, a parameter property and a namespace.
enum Level {
  Debug = 'debug',
  Info = 'info',
}

namespace Text {
  export const lineOf = (level: Level, text: string): string => `[${level}] ${text}`;
}

class Connection {
  private ready?: Promise<string>;

  constructor(
    private readonly url: string,
    public level: Level = Level.Info,
  ) {}

  private async open(): Promise<string> {
    const response = await fetch(this.url);
    return response.text();
  }

  async query(text: string): Promise<string> {
    this.ready ??= this.open();
    const session = await this.ready;
    return Text.lineOf(this.level, `${session}: ${text}`);
  }
}

const connection = new Connection('http://up.test/delay/20000');

export default {
  async fetch(request: Request): Promise<Response> {
    return new Response(await connection.query(request.url));
  },
};
