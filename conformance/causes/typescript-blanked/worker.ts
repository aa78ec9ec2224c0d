// TypeScript whose types are only left out: lines and columns stay as they are.
type Rates = Record<string, number>;

interface Cache<T> {
  promise: Promise<T> | undefined;
}

const cache: Cache<Rates> = { promise: undefined };

async function fetchRates(base: string): Promise<Rates> {
  const response = await (fetch(`http://up.test/delay/20000/${base}`) as Promise<Response>);
  return (await response.json()) as Rates;
}

export default {
  async fetch(request: Request, env: unknown): Promise<Response> {
    cache.promise ??= fetchRates(new URL(request.url).pathname satisfies string);
    const rates: Rates = await (cache.promise as Promise<Rates>);
    return Response.json(rates);
  },
};
