/** The eight colours an agent's output can have here; all of them readable on a panel in both themes. */
export type AnsiColour = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white';

/** A stretch of text with one look. */
export interface AnsiSpan {
  readonly text: string;
  readonly colour: AnsiColour | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
}

type Look = Omit<AnsiSpan, 'text'>;

const PLAIN: Look = { colour: null, isBold: false, isDim: false, isItalic: false, isUnderlined: false };
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

// OSC, DCS, SOS, PM and APC strings run to BEL or ST (or to the end when cut); they can carry links and titles and are dropped whole.
// Control characters are what is being removed.
const STRINGS = /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d\u009e\u009f])[\s\S]*?(?:\u0007|\u001b\\|\u009c|$)/g;
// Control characters are what is being read.
const SEQUENCE = /(?:\u001b\[|\u009b)([0-9:;<=>?]*)[ -/]*([@-~])|\u001b[ -/]*[0-~]|\u001b/g;
// Control characters are what is being removed.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]/g;

function nearest(red: number, green: number, blue: number): AnsiColour {
  const bit = (value: number) => (value > (Math.max(red, green, blue) * 2) / 3 && value > 60 ? 1 : 0);
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

const SWITCHES: Readonly<Record<number, Partial<Look>>> = {
  1: { isBold: true },
  2: { isDim: true },
  3: { isItalic: true },
  4: { isUnderlined: true },
  22: { isBold: false, isDim: false },
  23: { isItalic: false },
  24: { isUnderlined: false },
  39: { colour: null },
};

function isNamed(code: number): boolean {
  return (code >= 30 && code <= 37) || (code >= 90 && code <= 97);
}

function applyCode(look: Look, code: number): Look {
  if (code === 0) return PLAIN;
  if (isNamed(code)) return { ...look, colour: COLOURS[code % 10] ?? null };
  return { ...look, ...SWITCHES[code] };
}

function applyCodes(look: Look, parameters: string): Look {
  const codes = parameters === '' ? [0] : parameters.split(/[;:]/).map(Number);
  let next = look;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, took } = extended(codes, at);
      if (code === 38) next = { ...next, colour };
      at += took;
    } else next = applyCode(next, code);
  }
  return next;
}

/** Turns terminal output into spans of text: colours and weights are kept, every other control sequence is dropped. */
export function parseAnsi(output: string): readonly AnsiSpan[] {
  const text = output
    .replace(STRINGS, '')
    .replace(/\r\n/g, '\n')
    .replace(/^.*\r(?!$)/gm, '');
  const spans: AnsiSpan[] = [];
  let look = PLAIN;
  let from = 0;
  const take = (upto: number) => {
    const piece = text.slice(from, upto).replace(CONTROLS, '');
    if (piece !== '') spans.push({ text: piece, ...look });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    take(match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') look = applyCodes(look, match[1] ?? '');
  }
  take(text.length);
  return spans;
}
