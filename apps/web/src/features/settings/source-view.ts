/** Where a value comes from: a line of the project file, or nobody said anything and Thalogos has its own. */
export type Source =
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'default' };

/** Finds where a setting stands. */
export function sourceOf(
  { file, lines }: { readonly file: string | null; readonly lines: Readonly<Record<string, number>> },
  name: string,
): Source {
  const line = lines[name];
  return file === null || line === undefined ? { kind: 'default' } : { kind: 'file', file, line };
}

/** A source in words. */
export function sourceWords(source: Source): string {
  return source.kind === 'default'
    ? 'default'
    : `${source.file.split('/').at(-1) ?? source.file}:${source.line}`;
}
