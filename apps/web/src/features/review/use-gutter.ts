import { type PointerEvent, type MouseEvent, useRef } from 'react';
import type { LineRange, LineRef } from './comments.ts';
import { rangeOf, type Row } from './diff-rows.ts';
import type { Side } from './parse-patch.ts';

interface GutterGiven {
  readonly rows: readonly Row[];
  readonly selection: LineRange | null;
  readonly onSelect: (range: LineRange | null) => void;
  readonly onBegin: (range: LineRange) => void;
}

function sideOf(value: string | undefined): Side | null {
  return value === 'additions' || value === 'deletions' ? value : null;
}

type GutterCell = LineRef & { readonly isSign: boolean };

/** The line whose number or sign is at a place on the page. */
function lineAt(target: EventTarget | null, rows: readonly Row[]): GutterCell | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
  const index = cell?.closest<HTMLElement>('[data-index]')?.dataset['index'];
  const row = rows[Number(index ?? -1)];
  return cell === null || row === undefined ? null : cellOf(cell.dataset, row.file.path);
}

function cellOf({ side, add, line: number }: DOMStringMap, path: string): GutterCell | null {
  const found = sideOf(side ?? add);
  const line = Number(number);
  return found === null || !Number.isInteger(line)
    ? null
    : { path, side: found, line, isSign: add !== undefined };
}

/** Pointing at lines in the gutter: press for one, drag or hold Shift for several, the sign to comment on them. */
export function useGutter({ rows, selection, onSelect, onBegin }: GutterGiven) {
  const start = useRef<LineRef | null>(null);
  const isDragged = useRef(false);
  const anchorOf = (at: LineRef): LineRef =>
    selection !== null && selection.path === at.path && selection.side === at.side ? selection : at;
  return {
    onPointerDown: (event: PointerEvent) => {
      const at = event.button === 0 ? lineAt(event.target, rows) : null;
      if (at === null || at.isSign) return;
      event.preventDefault();
      start.current = event.shiftKey ? anchorOf(at) : at;
      isDragged.current = false;
      onSelect(rangeOf(start.current, at));
    },
    onPointerMove: (event: PointerEvent) => {
      const from = start.current;
      if (from === null) return;
      const at = lineAt(document.elementFromPoint(event.clientX, event.clientY), rows);
      if (at === null || at.path !== from.path || at.side !== from.side || at.line === from.line) return;
      isDragged.current = true;
      onSelect(rangeOf(from, at));
    },
    onPointerUp: () => {
      // Whoever drags over several lines wants to say something about them.
      if (start.current !== null && isDragged.current && selection !== null) onBegin(selection);
      start.current = null;
    },
    onPointerCancel: () => {
      start.current = null;
    },
    onClick: (event: MouseEvent) => {
      const at = lineAt(event.target, rows);
      if (at === null || !at.isSign) return;
      const isWithin =
        selection !== null &&
        selection.path === at.path &&
        selection.side === at.side &&
        at.line >= selection.line &&
        at.line <= selection.endLine;
      onBegin(isWithin ? selection : rangeOf(at, at));
    },
  };
}
