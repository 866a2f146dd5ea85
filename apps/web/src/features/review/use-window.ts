import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { addUp, rowAt, type RowOffsets, rowsInView } from './row-offsets.ts';

interface WindowGiven<T> {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** In px; null for one that is measured once it is drawn. */
  readonly heightOf: (row: T) => number | null;
  /** For those that have not been drawn yet. */
  readonly guess: (row: T) => number;
}

const AROUND_PX = 240;
const FIRST_HEIGHT = 900;

/** Draws of a long list only what is in view, and keeps what one reads where it is while rows above it come and change. */
export function useWindow<T>(box: RefObject<HTMLElement | null>, given: WindowGiven<T>) {
  const { rows, keyOf, heightOf, guess } = given;
  const [view, setView] = useState({ top: 0, height: FIRST_HEIGHT });
  const { measured, measure } = useMeasured();
  const offsets = useMemo(
    () => addUp(rows, (row) => heightOf(row) ?? measured.get(keyOf(row)) ?? guess(row)),
    [rows, heightOf, measured, keyOf, guess],
  );
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const watch = new ResizeObserver(look);
    watch.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [box]);
  useAnchor(box, { rows, keyOf, offsets });
  const range = rowsInView(offsets, { ...view, around: AROUND_PX });
  const scrollTo = (index: number, align: 'start' | 'center' | 'nearest') => {
    const element = box.current;
    const top = offsets.tops[index];
    if (element === null || top === undefined) return;
    const bottom = offsets.tops[index + 1] ?? top;
    const from = { from: element.scrollTop, height: element.clientHeight };
    element.scrollTo({ top: placeFor(align, { top, bottom, ...from }), behavior: 'instant' });
  };
  return { ...range, offsets, top: view.top, first: rowAt(offsets, view.top), measure, scrollTo };
}

interface Place {
  readonly top: number;
  readonly bottom: number;
  readonly from: number;
  readonly height: number;
}

/** Room for the head that stays at the top. */
const HEAD_PX = 44;

function placeFor(align: 'start' | 'center' | 'nearest', { top, bottom, from, height }: Place): number {
  if (align === 'start') return top;
  if (align === 'center') return Math.max(0, top - height / 2);
  if (top < from + HEAD_PX) return Math.max(0, top - HEAD_PX);
  return bottom > from + height ? bottom - height : from;
}

/** After rows have come or changed their height, the row at the top of the view is where it was. */
function useAnchor<T>(
  box: RefObject<HTMLElement | null>,
  { rows, keyOf, offsets }: { rows: readonly T[]; keyOf: (row: T) => string; offsets: RowOffsets },
): void {
  const held = useRef<{ readonly rows: readonly T[]; readonly offsets: RowOffsets } | null>(null);
  useLayoutEffect(() => {
    const before = held.current;
    held.current = { rows, offsets };
    const element = box.current;
    if (before === null || element === null || before.offsets === offsets || element.scrollTop === 0) return;
    const moved = movedBy(before, { rows, offsets, keyOf }, element.scrollTop);
    if (moved !== 0) element.scrollTo({ top: element.scrollTop + moved, behavior: 'instant' });
  }, [box, rows, keyOf, offsets]);
}

interface Laid<T> {
  readonly rows: readonly T[];
  readonly offsets: RowOffsets;
}

/** How far the row at a height has moved; 0 for one that is gone. */
function movedBy<T>(
  before: Laid<T>,
  { rows, offsets, keyOf }: Laid<T> & { keyOf: (row: T) => string },
  y: number,
): number {
  const index = rowAt(before.offsets, y);
  const row = before.rows[index];
  if (row === undefined) return 0;
  const key = keyOf(row);
  const same = rows[index];
  const isSame = same !== undefined && keyOf(same) === key;
  const now = isSame ? index : rows.findIndex((one) => keyOf(one) === key);
  return now === -1 ? 0 : (offsets.tops[now] ?? 0) - (before.offsets.tops[index] ?? 0);
}

/** The heights of rows that have been drawn, by key. */
function useMeasured() {
  const [measured, setMeasured] = useState<ReadonlyMap<string, number>>(new Map());
  const watch = useRef<ResizeObserver | null>(null);
  const measure = useCallback((element: HTMLElement | null) => {
    watch.current ??= new ResizeObserver((entries) => {
      setMeasured((before) => {
        const next = new Map(before);
        for (const { target } of entries) {
          const key = target instanceof HTMLElement ? target.dataset['row'] : undefined;
          const { height } = target.getBoundingClientRect();
          if (key !== undefined && height > 0) next.set(key, height);
        }
        const isSame =
          next.size === before.size && [...next].every(([key, height]) => before.get(key) === height);
        return isSame ? before : next;
      });
    });
    const observer = watch.current;
    if (element === null) return undefined;
    observer.observe(element);
    return () => observer.unobserve(element);
  }, []);
  useEffect(() => () => watch.current?.disconnect(), []);
  return { measured, measure };
}
