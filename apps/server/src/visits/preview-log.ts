import type { PreviewLine } from '@thalogos/contracts';
import { makeLineSplitter } from '../platform/split-lines.ts';

/** The newest lines that a preview has printed. */
export interface PreviewLog {
  push(source: 'out' | 'err', bytes: Buffer): void;
  /** Takes the last line, where it did not end with a newline. */
  end(): void;
  /** A remark of our own. */
  say(text: string): void;
  after(number: number): readonly PreviewLine[];
}

const LINES = 2000;
const LONGEST_LINE = 4000;

/** Keeps the last two thousand lines, without known secrets. */
export function makePreviewLog(redactText: (text: string) => string): PreviewLog {
  const splitters = { out: makeLineSplitter(LONGEST_LINE), err: makeLineSplitter(LONGEST_LINE) };
  let lines: PreviewLine[] = [];
  let count = 0;
  const add = (text: string) => {
    count += 1;
    lines.push({ number: count, text: redactText(text) });
    if (lines.length > 2 * LINES) lines = lines.slice(-LINES);
  };
  return {
    push: (source, bytes) => {
      for (const line of splitters[source].push(bytes)) add(line);
    },
    end: () => {
      for (const line of [...splitters.out.end(), ...splitters.err.end()]) add(line);
    },
    say: add,
    after: (number) => lines.slice(-LINES).filter((line) => line.number > number),
  };
}
