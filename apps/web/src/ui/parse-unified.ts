/** One line of a unified diff, with its numbers on both sides where it has them. */
export interface UnifiedLine {
  readonly kind: 'hunk' | 'context' | 'added' | 'removed';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@ ?(.*)$/;
const HEAD = /^(?:diff |index |--- |\+\+\+ |new file|deleted file|old mode|new mode|similarity|rename|\\ )/;

/** Reads the hunks of one file's unified diff; headers are left out, and what is no diff is shown as context. */
export function parseUnified(patch: string): readonly UnifiedLine[] {
  const lines: UnifiedLine[] = [];
  let before = 1;
  let after = 1;
  let isInside = false;
  for (const raw of patch.replace(/\n$/, '').split('\n')) {
    const hunk = HUNK.exec(raw);
    if (hunk !== null) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      isInside = true;
      lines.push({ kind: 'hunk', before: null, after: null, text: raw });
    } else if (!isInside && HEAD.test(raw)) {
      continue;
    } else if (raw.startsWith('+')) {
      lines.push({ kind: 'added', before: null, after: after++, text: raw.slice(1) });
    } else if (raw.startsWith('-')) {
      lines.push({ kind: 'removed', before: before++, after: null, text: raw.slice(1) });
    } else if (!raw.startsWith('\\')) {
      lines.push({
        kind: 'context',
        before: before++,
        after: after++,
        text: raw.startsWith(' ') ? raw.slice(1) : raw,
      });
    }
  }
  return lines;
}

/** Lines added and removed. */
export function countUnified(patch: string): { readonly added: number; readonly removed: number } {
  const lines = parseUnified(patch);
  return {
    added: lines.filter((line) => line.kind === 'added').length,
    removed: lines.filter((line) => line.kind === 'removed').length,
  };
}
