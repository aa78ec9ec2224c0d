import { once } from 'once-loader';

export interface Settings {
  readonly greeting: string;
  readonly loadedFrom: string;
}

const SOURCE = 'http://up.test/delay/20000/settings';

async function fetchSettings(): Promise<Settings> {
  const response: Response = await fetch(SOURCE);
  const greeting = await response.text();
  return { greeting, loadedFrom: SOURCE };
}

export const settings: () => Promise<Settings> = once(fetchSettings);
