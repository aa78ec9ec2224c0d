// A module of its own, imported without its ending, as bundlers allow.
// It shows that types vanish and lines stay.
export function greet(greeting: string, name: string): string {
  return `${greeting}, ${name}!`;
}
