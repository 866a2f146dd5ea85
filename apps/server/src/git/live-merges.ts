import type { AnswerLength } from './live-process.ts';

/**
 * Finds the end of one answer of `merge-tree --stdin -z`.
 *
 * Clean: `1 NUL oid NUL NUL`. Conflicted: `0 NUL oid NUL`, an entry and NUL for each
 * stage, NUL, then for each message its number of paths, the paths, its type and its
 * text, each with NUL, and a NUL at the end; before that last NUL there may be advice
 * about submodules as plain text.
 */
export function measureMerge(answer: Buffer): AnswerLength {
  const more: AnswerLength = { kind: 'needs', bytes: answer.length + 1 };
  // Every answer ends so; looking first keeps unbuffered output, which comes byte by byte, from being read over and over.
  if (answer.length < 4 || answer.at(-1) !== 0 || (answer.at(-2) !== 0 && answer.at(-2) !== 0x0a))
    return more;
  const end = answer[0] === 0x31 ? skip(answer, { from: 0, fields: 3 }) : endOfConflict(answer);
  return end === null ? more : { kind: 'complete', length: end };
}

function endOfConflict(answer: Buffer): number | null {
  let at = skip(answer, { from: 0, fields: 2 });
  while (at !== null && answer[at] !== 0) at = skip(answer, { from: at, fields: 1 });
  if (at === null) return null;
  at += 1;
  while (at < answer.length && answer[at] !== 0) {
    const count = answer.toString('latin1', at, answer.indexOf(0, at));
    if (!/^\d+$/.test(count)) break;
    const next = skip(answer, { from: at, fields: Number(count) + 3 });
    if (next === null) return null;
    at = next;
  }
  return skip(answer, { from: at, fields: 1 });
}

/** Where the field after the next `fields` ones starts, or null when they are not all there. */
function skip(answer: Buffer, { from, fields }: { from: number; fields: number }): number | null {
  let at = from;
  for (let field = 0; field < fields; field += 1) {
    const end = answer.indexOf(0, at);
    if (end === -1) return null;
    at = end + 1;
  }
  return at;
}
