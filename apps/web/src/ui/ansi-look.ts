/** The eight colours an agent's output can have here; all of them readable on a panel in both themes. */
export type AnsiColour = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white';

/** How a stretch of terminal output looks. */
export interface AnsiLook {
  readonly colour: AnsiColour | null;
  /** The colour behind it. */
  readonly ground: AnsiColour | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isInverse: boolean;
}

/** The look that output begins with. */
export const PLAIN: AnsiLook = {
  colour: null,
  ground: null,
  isBold: false,
  isDim: false,
  isItalic: false,
  isUnderlined: false,
  isInverse: false,
};

const COLOURS: readonly AnsiColour[] = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
];

/** The nearest of the eight: any colour may be asked for, and not every one can be read on a panel. */
function nearest(red: number, green: number, blue: number): AnsiColour {
  const most = Math.max(red, green, blue);
  // A grey has no hue to keep.
  if (most - Math.min(red, green, blue) < 24) return most < 96 ? 'black' : 'white';
  const bit = (value: number) => (value > (most * 2) / 3 && value > 60 ? 1 : 0);
  return COLOURS[bit(red) + bit(green) * 2 + bit(blue) * 4] ?? 'white';
}

function ofPalette(index: number): AnsiColour {
  if (index < 16) return COLOURS[index % 8] ?? 'white';
  if (index >= 232) return index < 244 ? 'black' : 'white';
  const cube = index - 16;
  return nearest(Math.floor(cube / 36) * 51, (Math.floor(cube / 6) % 6) * 51, (cube % 6) * 51);
}

/** Reads an extended colour at `at`, and says how many codes it took. */
function extended(codes: readonly number[], at: number): { colour: AnsiColour | null; took: number } {
  if (codes[at + 1] === 5) return { colour: ofPalette(codes[at + 2] ?? 7), took: 2 };
  if (codes[at + 1] === 2)
    return { colour: nearest(codes[at + 2] ?? 0, codes[at + 3] ?? 0, codes[at + 4] ?? 0), took: 4 };
  return { colour: null, took: 0 };
}

const SWITCHES: ReadonlyMap<number, Partial<AnsiLook>> = new Map([
  [1, { isBold: true }],
  [2, { isDim: true }],
  [3, { isItalic: true }],
  [4, { isUnderlined: true }],
  [7, { isInverse: true }],
  [21, { isUnderlined: true }],
  [22, { isBold: false, isDim: false }],
  [23, { isItalic: false }],
  [24, { isUnderlined: false }],
  [27, { isInverse: false }],
  [39, { colour: null }],
  [49, { ground: null }],
]);

/** The colour of a code of the row that begins at `first`, or at its bright twin 60 further on; null for another row. */
function inRow(code: number, first: number): AnsiColour | null {
  const place = code >= first + 60 ? code - first - 60 : code - first;
  return COLOURS[place] ?? null;
}

function applyCode(look: AnsiLook, code: number): AnsiLook {
  if (code === 0) return PLAIN;
  const colour = inRow(code, 30);
  if (colour !== null) return { ...look, colour };
  const ground = inRow(code, 40);
  if (ground !== null) return { ...look, ground };
  return { ...look, ...SWITCHES.get(code) };
}

/** More codes than this in one sequence nobody writes in earnest. */
const MAX_CODES = 32;

/** The look after a sequence that sets it, by the numbers between its `[` and its `m`. */
export function applyCodes(look: AnsiLook, parameters: string): AnsiLook {
  const codes = parameters === '' ? [0] : parameters.split(/[;:]/, MAX_CODES).map(Number);
  let next = look;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, took } = extended(codes, at);
      next = code === 38 ? { ...next, colour } : { ...next, ground: colour };
      at += took;
    } else next = applyCode(next, code);
  }
  return next;
}

/** Whether two stretches look the same, so that they can be one. */
export function isSameLook(a: AnsiLook, b: AnsiLook): boolean {
  return (
    a === b ||
    (a.colour === b.colour &&
      a.ground === b.ground &&
      a.isBold === b.isBold &&
      a.isDim === b.isDim &&
      a.isItalic === b.isItalic &&
      a.isUnderlined === b.isUnderlined &&
      a.isInverse === b.isInverse)
  );
}
