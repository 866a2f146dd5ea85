/**
 * Reads a record that this server wrote itself.
 *
 * Rows come from `JSON.stringify` of the very type they are read as, so they are not checked again;
 * this is the one place where that trust is spelled out.
 */
export function parseStored<T>(text: string): T {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- trusting our own rows is the purpose.
  const record: T = JSON.parse(text);
  return record;
}
