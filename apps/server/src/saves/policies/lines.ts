/**
 * The lines of a file, each with its line end. Every byte stands for one character, so that
 * what no rule touches comes back byte for byte, whatever encoding it is in.
 */
export type Lines = readonly string[];

/** Splits a file into its lines; the last one has no line end where the file has none. */
export function linesOf(bytes: Uint8Array): Lines {
  const text = Buffer.from(bytes).toString('latin1');
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** The file that these lines make. */
export function bytesOf(lines: Lines): Buffer {
  return Buffer.from(lines.join(''), 'latin1');
}

/** A line without its line end. */
export function textOf(line: string): string {
  return line.replace(/\r?\n$/, '');
}

/** The one line end that all lines have; null where they differ or one has none. */
export function commonEnd(lines: Lines): string | null {
  const ends = new Set(lines.map((line) => /\r?\n$/.exec(line)?.[0] ?? null));
  const [end = null] = ends;
  return ends.size === 1 ? end : null;
}

/** Whether only the last line may lack a line end, as in every file. */
export function isWhole(lines: Lines): boolean {
  return lines.slice(0, -1).every((line) => line.endsWith('\n'));
}

/** Whether two files or hunks are the same, line by line. */
export function isSame(a: Lines, b: Lines): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}
