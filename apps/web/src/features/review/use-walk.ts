import type { ReviewFile } from '@thalogos/contracts';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { useKey } from '../../lib/use-key.ts';
import type { LineRange, LineRef } from './comments.ts';
import { isIn, rangeOf, refsOf, type Row } from './diff-rows.ts';
import type { DiffHandle } from './review-diff.tsx';

/** A line and the row it stands in. */
interface Place {
  readonly index: number;
  readonly ref: LineRef;
}

/** The row in which a line stands; -1 where it is not shown. */
function rowOf(rows: readonly Row[], ref: LineRef | null): number {
  if (ref === null) return -1;
  const range = { ...ref, endLine: ref.line };
  return rows.findIndex((row) => refsOf(row).some((one) => isIn(range, one)));
}

/** The first line beyond a row in one direction, with its row. */
export function stepLine(rows: readonly Row[], from: number, step: 1 | -1): Place | null {
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    const row = rows[index];
    const ref = row === undefined ? undefined : refsOf(row)[0];
    if (ref !== undefined) return { index, ref };
  }
  return null;
}

/** The next line of the same side of the same file. */
function stepAlong(
  rows: readonly Row[],
  { from, side }: { readonly from: number; readonly side: LineRef },
  step: 1 | -1,
): Place | null {
  for (let index = from + step; rows[index]?.file.path === side.path; index += step) {
    const row = rows[index];
    const ref = (row === undefined ? [] : refsOf(row)).find((one) => one.side === side.side);
    if (ref !== undefined) return { index, ref };
  }
  return null;
}

function isChange(row: Row): boolean {
  if (row.kind === 'line') return row.line.kind !== 'context';
  return row.kind === 'pair' && row.pair.left !== row.pair.right;
}

/** The first changed row of the next hunk, or of the one before; of the present one where it lies that way. */
export function stepHunk(rows: readonly Row[], from: number, step: 1 | -1): Place | null {
  const head = rows.findLastIndex((row, index) => index <= from && row.kind === 'hunk');
  const ownStart = head === -1 ? -1 : firstChange(rows, head);
  if (step === 1) {
    if (ownStart > from) return withRef(rows, ownStart);
    const next = rows.findIndex((row, index) => index > from && row.kind === 'hunk');
    return next === -1 ? null : withRef(rows, firstChange(rows, next));
  }
  if (ownStart !== -1 && ownStart < from) return withRef(rows, ownStart);
  const before = rows.findLastIndex((row, index) => index < head && row.kind === 'hunk');
  return before === -1 ? null : withRef(rows, firstChange(rows, before));
}

/** What came in the place of removed lines rather than these: that is what one has something to say about. */
function firstChange(rows: readonly Row[], head: number): number {
  const first = rows.findIndex((row, index) => index > head && isChange(row));
  if (first === -1) return first;
  const next = rows.findIndex((row, index) => index >= first && !isRemoved(row));
  const instead = rows[next];
  return instead !== undefined && isChange(instead) ? next : first;
}

function isRemoved(row: Row): boolean {
  return row.kind === 'line' && row.line.kind === 'removed';
}

function withRef(rows: readonly Row[], index: number): Place | null {
  const row = rows[index];
  const ref = row === undefined ? undefined : refsOf(row)[0];
  return ref === undefined ? null : { index, ref };
}

interface WalkGiven {
  readonly files: readonly ReviewFile[];
  readonly rows: readonly Row[];
  readonly view: RefObject<DiffHandle | null>;
  readonly isOn: boolean;
}

/** Where one is in the diff, and the keys that move there: n p files, ] [ hunks, j k lines, J K to take more lines in. */
export function useWalk({ files, rows, view, isOn }: WalkGiven) {
  const [selection, setSelection] = useState<LineRange | null>(null);
  const [current, chooseFile] = useAddressChoice('file');
  const setCurrent = (path: string) => chooseFile(path, 'replace');
  /** The end of the selection that moves. */
  const [head, setHead] = useState<LineRef | null>(null);
  const shown = current ?? files[0]?.path ?? null;
  const select = (next: LineRange | null) => {
    setSelection(next);
    setHead(next === null ? null : { ...next, line: next.endLine });
    if (next !== null) setCurrent(next.path);
  };
  const openFile = (path: string) => {
    setCurrent(path);
    setSelection(null);
    setHead(null);
    const index = rows.findIndex((row) => row.kind === 'file' && row.file.path === path);
    if (index !== -1) view.current?.scrollTo(index, 'start');
  };
  useLandOn(rows.length > 0, () => current !== null && openFile(current));
  const stepFile = (step: 1 | -1) => {
    const at = files.findIndex((file) => file.path === shown);
    const next = files[Math.min(files.length - 1, Math.max(0, at + step))];
    if (next !== undefined) openFile(next.path);
  };
  const here = () => {
    const at = rowOf(rows, head);
    if (at !== -1) return at;
    return rows.findIndex((row) => row.kind === 'file' && row.file.path === shown);
  };
  const go = (found: Place | null, align: 'center' | 'nearest') => {
    if (found === null) return;
    select(rangeOf(found.ref, found.ref));
    view.current?.scrollTo(found.index, align);
  };
  const extend = (step: 1 | -1) => {
    if (head === null || selection === null) return go(stepLine(rows, here(), step), 'nearest');
    const found = stepAlong(rows, { from: here(), side: head }, step);
    if (found === null) return;
    const { ref } = found;
    const anchor = selection.line === head.line ? { ...selection, line: selection.endLine } : selection;
    setSelection(rangeOf(anchor, ref));
    setHead(ref);
    view.current?.scrollTo(found.index, 'nearest');
  };
  useWalkKeys({ stepFile, go, extend, here, rows }, isOn);
  return { selection, select, current: shown, openFile };
}

/** Goes once to the file that the address names, as soon as there is something to go to. */
function useLandOn(isReady: boolean, land: () => void): void {
  const hasLanded = useRef(false);
  const now = useEffectEvent(land);
  useEffect(() => {
    if (!isReady || hasLanded.current) return;
    hasLanded.current = true;
    now();
  }, [isReady]);
}

interface Steps {
  readonly rows: readonly Row[];
  readonly stepFile: (step: 1 | -1) => void;
  readonly go: (found: Place | null, align: 'center' | 'nearest') => void;
  readonly extend: (step: 1 | -1) => void;
  readonly here: () => number;
}

function useWalkKeys({ rows, stepFile, go, extend, here }: Steps, isOn: boolean): void {
  useKey('next-file', () => stepFile(1), isOn);
  useKey('previous-file', () => stepFile(-1), isOn);
  useKey('next-hunk', () => go(stepHunk(rows, here(), 1), 'center'), isOn);
  useKey('previous-hunk', () => go(stepHunk(rows, here(), -1), 'center'), isOn);
  useKey('next', () => go(stepLine(rows, here(), 1), 'nearest'), isOn);
  useKey('previous', () => go(stepLine(rows, here(), -1), 'nearest'), isOn);
  useKey('extend-next', () => extend(1), isOn);
  useKey('extend-previous', () => extend(-1), isOn);
}
