import type { CodeViewLineSelection } from '@pierre/diffs';
import { type RefObject, useState } from 'react';
import { useKey } from '../../lib/use-key.ts';
import { type LineRef, stepHunk, stepLine } from './line-steps.ts';
import type { PatchFile } from './patch-files.ts';
import type { DiffHandle } from './review-diff.tsx';

/** The line a selection ends at. */
function lineOf(selection: CodeViewLineSelection | null): LineRef | null {
  if (selection === null) return null;
  const { end, endSide, side } = selection.range;
  return { path: selection.id, side: endSide ?? side ?? 'additions', line: end };
}

/** Where one is in the diff, and the keys that move there: n p files, ] [ hunks, j k lines. */
export function useWalk(files: readonly PatchFile[], view: RefObject<DiffHandle | null>, isOn: boolean) {
  const [selection, setSelection] = useState<CodeViewLineSelection | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const shown = current ?? files[0]?.path ?? null;
  const select = (next: CodeViewLineSelection | null) => {
    setSelection(next);
    if (next !== null) setCurrent(next.id);
  };
  const openFile = (path: string) => {
    setCurrent(path);
    setSelection(null);
    view.current?.scrollTo({ type: 'item', id: path, align: 'start', behavior: 'instant' });
  };
  const openLine = (ref: LineRef | null, align: 'center' | 'nearest') => {
    if (ref === null) return;
    select({ id: ref.path, range: { start: ref.line, end: ref.line, side: ref.side, endSide: ref.side } });
    view.current?.scrollTo({
      type: 'line',
      id: ref.path,
      lineNumber: ref.line,
      side: ref.side,
      align,
      behavior: 'instant',
    });
  };
  const stepFile = (step: 1 | -1) => {
    const at = files.findIndex((file) => file.path === shown);
    const next = files[Math.min(files.length - 1, Math.max(0, at + step))];
    if (next !== undefined) openFile(next.path);
  };
  useKey('next-file', () => stepFile(1), isOn);
  useKey('previous-file', () => stepFile(-1), isOn);
  useKey('next-hunk', () => openLine(stepHunk(files, lineOf(selection), 1), 'center'), isOn);
  useKey('previous-hunk', () => openLine(stepHunk(files, lineOf(selection), -1), 'center'), isOn);
  useKey('next', () => openLine(stepLine(files, lineOf(selection), 1), 'nearest'), isOn);
  useKey('previous', () => openLine(stepLine(files, lineOf(selection), -1), 'nearest'), isOn);
  return { selection, select, current: shown, openFile, line: lineOf(selection) };
}
