import { useEffect, useRef, useState } from 'react';
import type { Row } from './diff-rows.ts';
import { type ColoredLine, type HighlightAnswer, type HighlightWish, languageOf } from './highlight.ts';
import HighlightWorker from './highlight-worker.ts?worker';
import type { DiffLine, Hunk } from './parse-patch.ts';

/** The colours of a line, where they are known. */
export type ColorsOf = (line: DiffLine) => ColoredLine | undefined;

/** So many lines are coloured together; beyond a seam, what spans several lines may look plain. */
const TOGETHER = 600;
/** One that has more letters is a build's output, which nobody reads for its colours. */
const LONGEST_LINE = 2_000;

interface Piece {
  readonly lines: readonly DiffLine[];
}

/** Whether a first picture has been drawn: a worker that starts takes the processor from what draws it. */
function useIsPainted(): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => setPainted(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  return isPainted;
}

/** Colours the lines in view, in a worker; until they come the text is plain. */
export function useHighlight(rows: readonly Row[]): ColorsOf {
  const [known, setKnown] = useState<{ readonly of: WeakMap<DiffLine, ColoredLine> }>(() => ({
    of: new WeakMap(),
  }));
  const worker = useRef<Worker | null>(null);
  const waiting = useRef(new Map<number, Piece>());
  const count = useRef(0);
  const asked = useRef(new WeakSet<DiffLine>());
  const isPainted = useIsPainted();
  useEffect(() => {
    if (!isPainted) return undefined;
    const open = new HighlightWorker();
    const pieces = waiting.current;
    worker.current = open;
    open.addEventListener('message', ({ data }: MessageEvent<HighlightAnswer>) => {
      const piece = pieces.get(data.id);
      pieces.delete(data.id);
      if (piece === undefined || data.lines.length === 0) return;
      setKnown(({ of }) => {
        piece.lines.forEach((line, at) => of.set(line, data.lines[at] ?? []));
        return { of };
      });
    });
    return () => {
      open.terminate();
      worker.current = null;
      asked.current = new WeakSet();
      pieces.clear();
    };
  }, [isPainted]);
  useEffect(() => {
    if (!isPainted) return;
    for (const row of rows) {
      const language = languageOf(row.file.path);
      const line = lineOf(row);
      if (language === null || line === null || asked.current.has(line.line)) continue;
      for (const lines of sidesAround(line.hunk, line.line)) {
        for (const one of lines) asked.current.add(one);
        const id = (count.current += 1);
        waiting.current.set(id, { lines });
        const wish: HighlightWish = { id, language, text: lines.map(textOf).join('\n') };
        worker.current?.postMessage(wish);
      }
    }
  }, [rows, isPainted]);
  return (line) => known.of.get(line);
}

function lineOf(row: Row): { readonly hunk: Hunk; readonly line: DiffLine } | null {
  if (row.kind === 'line') return row;
  const line = row.kind === 'pair' ? (row.pair.right ?? row.pair.left) : null;
  return row.kind === 'pair' && line !== null ? { hunk: row.hunk, line } : null;
}

const textOf = ({ text }: DiffLine) => (text.length > LONGEST_LINE ? '' : text.replace(/\r$/, ''));

/** The lines near one, once as they were and once as they are: only so do they make sense as code. */
function sidesAround(hunk: Hunk, line: DiffLine): readonly (readonly DiffLine[])[] {
  const at = hunk.lines.indexOf(line);
  const from = at - (at % TOGETHER);
  const near = hunk.lines.slice(from, from + TOGETHER);
  const now = near.filter(({ kind }) => kind !== 'removed');
  const before = near.filter(({ kind }) => kind !== 'added');
  // Context is coloured with what is there now.
  return [before, now].filter((lines) => lines.length > 0);
}
