import { parseUnified, type UnifiedLine } from '../../ui/parse-unified.ts';
import type { PatchFile } from './patch-files.ts';

/** Which side of a diff: what was there, or what is there now. */
export type Side = 'deletions' | 'additions';

/** One line of one file of the diff. */
export interface LineRef {
  readonly path: string;
  readonly side: Side;
  readonly line: number;
}

const parsed = new WeakMap<PatchFile, readonly UnifiedLine[]>();

function linesOf(file: PatchFile): readonly UnifiedLine[] {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const lines = file.patch === null || file.binary ? [] : parseUnified(file.patch);
  parsed.set(file, lines);
  return lines;
}

function refOf(path: string, { before, after }: UnifiedLine): LineRef | null {
  if (after !== null) return { path, side: 'additions', line: after };
  return before === null ? null : { path, side: 'deletions', line: before };
}

/** Every line of a file's diff that can be pointed at, from top to bottom. */
function lineRefs(file: PatchFile): readonly LineRef[] {
  return linesOf(file).flatMap((line) => refOf(file.path, line) ?? []);
}

/** The first changed line of each hunk of all files, in order. */
export function hunkStarts(files: readonly PatchFile[]): readonly LineRef[] {
  return files.flatMap((file) => {
    const lines = linesOf(file);
    return lines.flatMap((line, at) => {
      if (line.kind !== 'hunk') return [];
      const first = lines.slice(at + 1).find((one) => one.kind !== 'context');
      return first === undefined || first.kind === 'hunk' ? [] : (refOf(file.path, first) ?? []);
    });
  });
}

const isSame = (a: LineRef, b: LineRef) => a.path === b.path && a.side === b.side && a.line === b.line;

/** The line one step further in the same file, or in the next one at its end. */
export function stepLine(files: readonly PatchFile[], from: LineRef | null, step: 1 | -1): LineRef | null {
  const all = files.flatMap(lineRefs);
  if (from === null) return (step === 1 ? all[0] : all.at(-1)) ?? null;
  const at = all.findIndex((ref) => isSame(ref, from));
  return all[at + step] ?? from;
}

/** The start of the next hunk (1) or of the one before (-1), seen from a line. */
export function stepHunk(files: readonly PatchFile[], from: LineRef | null, step: 1 | -1): LineRef | null {
  const starts = hunkStarts(files);
  if (from === null) return (step === 1 ? starts[0] : starts.at(-1)) ?? null;
  const all = files.flatMap(lineRefs);
  const placeOf = (ref: LineRef) => all.findIndex((one) => isSame(one, ref));
  const here = placeOf(from);
  const found =
    step === 1 ? starts.find((ref) => placeOf(ref) > here) : starts.findLast((ref) => placeOf(ref) < here);
  return found ?? from;
}

/** The text of a line, without its sign; empty where it is not part of the diff. */
export function textAt(files: readonly PatchFile[], { path, side, line }: LineRef): string {
  const file = files.find((one) => one.path === path);
  const found =
    file === undefined
      ? undefined
      : linesOf(file).find(
          (one) => (side === 'additions' ? one.after : one.before) === line && one.kind !== 'hunk',
        );
  return found?.text ?? '';
}
