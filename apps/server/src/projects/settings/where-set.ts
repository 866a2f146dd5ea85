import { type Document, isMap, isNode, isScalar } from 'yaml';

/** The line of the file at which each of its settings stands, two levels deep, such as `checks` and `limits.attempts`. */
export type SettingLines = Readonly<Record<string, number>>;

/** Names every setting that a file makes, with its line; what is not named there is a default. */
export function whereSet(document: Document, lineAt: (offset: number) => number): SettingLines {
  const lines: Record<string, number> = {};
  const note = (contents: unknown, prefix: string) => {
    if (!isMap(contents)) return;
    for (const { key, value } of contents.items) {
      if (!isScalar(key) || key.range == null) continue;
      const name = `${prefix}${String(key.value)}`;
      lines[name] = lineAt(key.range[0]);
      if (prefix === '' && isNode(value)) note(value, `${name}.`);
    }
  };
  note(document.contents, '');
  return lines;
}
