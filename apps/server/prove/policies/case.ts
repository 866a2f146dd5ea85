/** One merge with what a person makes of it; null where the file is not there. */
export interface Case {
  readonly name: string;
  readonly path: string;
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly human: string | null;
  /** Where a side has moved the file to. */
  readonly movedTo?: string;
}

/** Words and numbers that a case is written with. */
export interface Names {
  /** In every version. */
  readonly known: readonly string[];
  /** New on one side. */
  readonly added: readonly string[];
  readonly numbers: readonly [number, number, number];
}

/** Writes a case with the given words. */
export type MakeCase = (names: Names) => Case;

/** Lines as a file. */
export function file(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
