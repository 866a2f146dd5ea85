import type { AnsiLook } from './ansi-look.ts';

interface Cell {
  readonly text: string;
  readonly look: AnsiLook;
}

/** A column that a line may be moved to; further right is nobody's screen. */
const MAX_COLUMN = 1000;

/** One line of a terminal on which is written over: what a progress bar draws again and again. */
export interface AnsiLine {
  write(text: string, look: AnsiLook): void;
  /** Back to the first column. */
  home(): void;
  /** One column back. */
  back(): void;
  /** To a column, the first is 1. */
  column(number: number): void;
  /** Erases from here to the end (0), from the beginning to here (1), or everything (2). */
  erase(what: number, look: AnsiLook): void;
  /** What stands on it in the end. */
  cells(): readonly Cell[];
}

/** A line with nothing on it. */
export function makeAnsiLine(): AnsiLine {
  let cells: Cell[] = [];
  let at = 0;
  const fill = (upto: number, look: AnsiLook) => {
    while (cells.length < upto) cells.push({ text: ' ', look });
  };
  return {
    write: (text, look) => {
      fill(at, look);
      for (const sign of text) {
        cells[at] = { text: sign, look };
        at += 1;
      }
    },
    home: () => {
      at = 0;
    },
    back: () => {
      at = Math.max(0, at - 1);
    },
    column: (number) => {
      at = Math.min(MAX_COLUMN, Math.max(0, number - 1));
    },
    erase: (what, look) => {
      if (what === 0) cells = cells.slice(0, at);
      else if (what === 1) cells = cells.map((cell, index) => (index <= at ? { text: ' ', look } : cell));
      else if (what === 2) cells = [];
    },
    cells: () => cells,
  };
}
