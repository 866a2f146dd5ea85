/** The most that a browser fetches before the first picture, in bytes as gzip sends them; fonts come later and are not counted. */
export const MOST_BYTES = 250_000;

/** One file of the build, and which others a browser fetches with it. */
export interface Piece {
  readonly file: string;
  /** Gzipped. */
  readonly bytes: number;
  /** What it was made of, relative to the web folder. */
  readonly sources: readonly string[];
  readonly imports: readonly string[];
  readonly styles: readonly string[];
}

/** What the page itself and the source files that it loads first make a browser fetch, heaviest first. */
export function firstLoad(pieces: readonly Piece[], sources: readonly string[]): readonly Piece[] {
  const byFile = new Map(pieces.map((piece) => [piece.file, piece]));
  const found = new Set<Piece>();
  const take = (piece: Piece | undefined) => {
    if (piece === undefined || found.has(piece)) return;
    found.add(piece);
    for (const file of [...piece.imports, ...piece.styles]) take(byFile.get(file));
  };
  for (const source of sources) {
    const piece = pieces.find((one) => one.sources.includes(source));
    if (piece === undefined) throw new Error(`The build has no piece for ${source}, which is loaded first`);
    take(piece);
  }
  return [...found].toSorted((a, b) => b.bytes - a.bytes);
}

/** The heaviest files as a table, and the whole beside its limit. */
export function tableOf(load: readonly Piece[], most = MOST_BYTES): string {
  const shown = load.slice(0, 12);
  const rest = load.slice(12);
  const rows = [
    ...shown.map(({ file, bytes }) => [inKb(bytes), file] as const),
    ...(rest.length === 0 ? [] : [[inKb(sumOf(rest)), `${rest.length} smaller files`] as const]),
    [inKb(sumOf(load)), `in all, of at most ${inKb(most).trim()} kB`] as const,
  ];
  return rows.map(([kb, name]) => `  ${kb} kB  ${name}`).join('\n');
}

/** How many bytes the pieces have together. */
export function sumOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { bytes }) => sum + bytes, 0);
}

function inKb(bytes: number): string {
  return (bytes / 1000).toFixed(1).padStart(6);
}
