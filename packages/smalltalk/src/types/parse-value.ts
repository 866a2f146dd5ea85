/** What was stored under a key: whoever reads it says what it is. */
export function parseValue<T>(json: string): T {
  return JSON.parse(json) as T;
}
