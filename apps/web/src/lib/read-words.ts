/** The texts among the values of something that came from outside, by their names. */
export function readWords(given: unknown): Readonly<Record<string, string>> {
  if (typeof given !== 'object' || given === null) return {};
  const entries: readonly (readonly [string, unknown])[] = Object.entries(given);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
