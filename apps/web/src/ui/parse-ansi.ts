import { makeAnsiLine } from './ansi-line.ts';
import { type AnsiLook, applyCodes, isSameLook, PLAIN } from './ansi-look.ts';

/** A stretch of text with one look. */
export interface AnsiSpan extends AnsiLook {
  readonly text: string;
}

/** More stretches than this are drawn as one without a look: a page has to go on working. */
const MAX_SPANS = 5000;

// OSC, DCS, SOS, PM and APC strings run to BEL or ST (or to the end when cut). They carry titles and links, whose words stand outside of them.
// Control characters are what is being removed.
const STRINGS = /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d\u009e\u009f])[\s\S]*?(?:\u0007|\u001b\\|\u009c|$)/g;
// One that the output ends in the middle of.
const UNFINISHED = /(?:\u001b(?:\[[0-9:;<=>?]{0,100}[ -/]{0,10})?|\u009b[0-9:;<=>?]{0,100})$/;
// Control characters are what is being read.
const SEQUENCE = /(?:\u001b\[|\u009b)([0-9:;<=>?]*)[ -/]*([@-~])|\u001b[ -/]*[0-~]|\u001b|\r|\u0008/g;
// Looked for from its first sign alone, or a long row of them would be read from each.
const LINE_END = /(?<!\r)\r+\n/g;
// What is written over is drawn cell by cell; most lines are not.
const REWRITTEN = /\r|\u0008|(?:\u001b\[|\u009b)[0-9]*[KG]/;
// Control characters are what is being removed; so are those that turn the direction of text.
const CONTROLS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** What a run of text and sequences is told to. */
interface Pen {
  text(text: string, look: AnsiLook): void;
  /** A sequence by its last letter, with what stands before it; a control by itself. */
  move(sign: string, parameters: string, look: AnsiLook): void;
}

/** Reads one line from a look, and gives the look that it ends with. */
function readLine(line: string, begin: AnsiLook, pen: Pen): AnsiLook {
  let look = begin;
  let from = 0;
  const take = (upto: number) => {
    const piece = line.slice(from, upto).replace(CONTROLS, '');
    if (piece !== '') pen.text(piece, look);
  };
  for (const match of line.matchAll(SEQUENCE)) {
    take(match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') look = applyCodes(look, match[1] ?? '');
    else pen.move(match[2] ?? match[0], match[1] ?? '', look);
  }
  take(line.length);
  return look;
}

/** A line that is written over: what stands on it in the end. */
function drawLine(line: string, begin: AnsiLook, put: Pen['text']): AnsiLook {
  const drawn = makeAnsiLine();
  const end = readLine(line, begin, {
    text: drawn.write,
    move: (sign, parameters, look) => {
      if (sign === '\r') drawn.home();
      else if (sign === '\b') drawn.back();
      else if (sign === 'K') drawn.erase(Number(parameters), look);
      else if (sign === 'G') drawn.column(Number(parameters));
    },
  });
  for (const { text, look } of drawn.cells()) put(text, look);
  return end;
}

/**
 * Turns terminal output into stretches of text. Colours and weights are kept, a line that is written over shows its
 * last state, links are their words, and every other sequence is dropped.
 */
export function parseAnsi(output: string): readonly AnsiSpan[] {
  const lines = output.replace(STRINGS, '').replace(UNFINISHED, '').replace(LINE_END, '\n').split('\n');
  const spans: { text: string; look: AnsiLook }[] = [];
  const put = (text: string, look: AnsiLook) => {
    const last = spans.at(-1);
    if (last !== undefined && (isSameLook(last.look, look) || spans.length >= MAX_SPANS)) last.text += text;
    else spans.push({ text, look: spans.length === MAX_SPANS - 1 ? PLAIN : look });
  };
  let look = PLAIN;
  for (const [index, line] of lines.entries()) {
    if (index > 0) put('\n', spans.at(-1)?.look ?? PLAIN);
    look = REWRITTEN.test(line)
      ? drawLine(line, look, put)
      : readLine(line, look, { text: put, move: () => undefined });
  }
  return spans.map((span) => ({ text: span.text, ...span.look }));
}
