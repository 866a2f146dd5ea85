import type { GitObject, ObjectRequest } from './git.ts';
import type { AnswerLength, LiveProcess } from './live-process.ts';

const DEFAULT_SIZE = 32 * 1024 * 1024;

/** Reads one object through a live `git cat-file --batch-command`; what can't be named on one line is not there. */
export async function readLiveObject(
  live: LiveProcess,
  { oid, maxSize = DEFAULT_SIZE }: ObjectRequest,
): Promise<GitObject | null> {
  // The next line would be taken for a question of its own.
  if (/[\n\0]/.test(oid)) return null;
  const info = header(await live.ask(`info ${oid}\n`, measureHeader));
  if (info === null) return null;
  if (info.size > maxSize) return { ...info, content: null };
  const answer = await live.ask(`contents ${oid}\n`, measureContents);
  const start = answer.indexOf('\n') + 1;
  return { ...info, content: answer.subarray(start, start + info.size) };
}

const HEADER = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;

/** The fields of `<oid> <type> <size>`, or null for `<name> missing`, where the name may hold blanks, and `<name> ambiguous`. */
function header(answer: Buffer): { oid: string; type: string; size: number } | null {
  const [, oid, type, size] = HEADER.exec(answer.toString('latin1', 0, answer.indexOf('\n'))) ?? [];
  return oid === undefined || type === undefined ? null : { oid, type, size: Number(size) };
}

function measureHeader(answer: Buffer): AnswerLength {
  const end = answer.indexOf('\n');
  return end === -1 ? { kind: 'needs', bytes: answer.length + 1 } : { kind: 'complete', length: end + 1 };
}

function measureContents(answer: Buffer): AnswerLength {
  const end = answer.indexOf('\n');
  if (end === -1) return { kind: 'needs', bytes: answer.length + 1 };
  const info = header(answer);
  const length = end + 1 + (info === null ? 0 : info.size + 1);
  return answer.length >= length ? { kind: 'complete', length } : { kind: 'needs', bytes: length };
}
