import { isUtf8 } from 'node:buffer';
import { linesOf } from './splice-lines.ts';

/** A file as text with plain line ends, or why it is none. */
export type EditableText =
  | { readonly kind: 'text'; readonly text: string; readonly lineEnds: 'lf' | 'crlf' | 'mixed' }
  | { readonly kind: 'closed'; readonly why: string };

/** The text of a file, if editing it as text can't damage it. */
export function readText(content: Buffer): EditableText {
  if (content.includes(0)) return { kind: 'closed', why: 'it is binary' };
  if (!isUtf8(content)) return { kind: 'closed', why: 'its bytes are not UTF-8' };
  const text = content.toString('utf8');
  const plain = text.replaceAll('\r\n', '\n');
  // A text field of a browser makes line ends of these.
  if (plain.includes('\r')) return { kind: 'closed', why: 'it has carriage returns that end no line' };
  return { kind: 'text', text: plain, lineEnds: lineEndsOf(text) };
}

function lineEndsOf(text: string): 'lf' | 'crlf' | 'mixed' {
  const all = text.split('\n').length - 1;
  const withReturn = text.split('\r\n').length - 1;
  if (withReturn === 0) return 'lf';
  return withReturn === all ? 'crlf' : 'mixed';
}

/** The bytes of an edited text: each line that stayed keeps its own end, a new one gets that of the line before it. */
export function writeText(before: Buffer, text: string): Buffer {
  const old = linesOf(before).map((line) => line.toString('utf8'));
  const plain = old.map((line) => line.replace(/\r\n$/, '\n'));
  const lines = linesOf(Buffer.from(text)).map((line) => line.toString('utf8'));
  const head = countSame(plain, lines);
  const tail = Math.min(
    countSame(plain.toReversed(), lines.toReversed()),
    Math.min(plain.length, lines.length) - head,
  );
  const middle = lines.slice(head, lines.length - tail);
  const oldMiddle = old.slice(head, old.length - tail);
  return Buffer.from(
    [
      ...old.slice(0, head),
      ...withEnds(middle, oldMiddle, endOf(old[head - 1] ?? old[0] ?? '')),
      ...old.slice(old.length - tail),
    ].join(''),
  );
}

function countSame(a: readonly string[], b: readonly string[]): number {
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
  return same;
}

const endOf = (line: string): string => (line.endsWith('\r\n') ? '\r\n' : '\n');

/** Lines that were there before are found in their order; each of the others ends as the one before it. */
function withEnds(lines: readonly string[], old: readonly string[], first: string): readonly string[] {
  let end = first;
  let from = 0;
  return lines.map((line) => {
    const at = old.findIndex((one, index) => index >= from && one.replace(/\r\n$/, '\n') === line);
    const found = old[at];
    if (found !== undefined) {
      from = at + 1;
      end = endOf(found);
      return found;
    }
    return line.replace(/\n$/, end);
  });
}

/** The bytes of a suggestion in the place of some lines: with their line ends, and none after the last line of a file without one. */
export function suggestedLines(replaced: readonly Buffer[], text: string): readonly Buffer[] {
  if (text === '') return [];
  const end = endOf(replaced[0]?.toString('latin1') ?? '');
  const isEnded = replaced.at(-1)?.at(-1) === 0x0a;
  const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
  return lines.map((line, at) => Buffer.from(at === lines.length - 1 && !isEnded ? line : line + end));
}
