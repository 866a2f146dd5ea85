import type { GitObject, NeededObject, ObjectRequest } from './git.ts';
import { GitFault } from './git-fault.ts';
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

/** Throws where one of these is not there under its whole name, or is of another kind; asked all at once. */
export async function requireObjects(live: LiveProcess, needs: Needs): Promise<void> {
  const { purpose, gitDir, objects } = needs;
  if (objects.length === 0) return;
  const nameless = objects.find(({ oid }) => !/^[0-9a-f]{40,64}$/.test(oid));
  if (nameless !== undefined) throw notThere(needs, nameless);
  const questions = objects.map(({ oid }) => `info ${oid}\n`).join('');
  const answer = await live.ask(questions, (bytes) => measureLines(bytes, objects.length));
  const lines = answer.toString('latin1').split('\n');
  for (const [at, object] of objects.entries())
    if (!lines[at]?.startsWith(`${object.oid} ${object.type} `)) throw notThere({ purpose, gitDir }, object);
}

/** What has to be there, and for what. */
export interface Needs {
  readonly purpose: string;
  readonly gitDir: string;
  readonly objects: readonly NeededObject[];
}

function notThere({ purpose, gitDir }: Omit<Needs, 'objects'>, { oid, type }: NeededObject): GitFault {
  return new GitFault(`Could not ${purpose}: ${oid} is not a ${type} of ${gitDir}`);
}

const HEADER = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;

/** The fields of `<oid> <type> <size>`, or null for `<name> missing`, where the name may hold blanks, and `<name> ambiguous`. */
function header(answer: Buffer): { oid: string; type: string; size: number } | null {
  const [, oid, type, size] = HEADER.exec(answer.toString('latin1', 0, answer.indexOf('\n'))) ?? [];
  return oid === undefined || type === undefined ? null : { oid, type, size: Number(size) };
}

function measureHeader(answer: Buffer): AnswerLength {
  return measureLines(answer, 1);
}

function measureLines(answer: Buffer, count: number): AnswerLength {
  let end = 0;
  for (let line = 0; line < count; line += 1) {
    end = answer.indexOf('\n', end) + 1;
    if (end === 0) return { kind: 'needs', bytes: answer.length + 1 };
  }
  return { kind: 'complete', length: end };
}

function measureContents(answer: Buffer): AnswerLength {
  const end = answer.indexOf('\n');
  if (end === -1) return { kind: 'needs', bytes: answer.length + 1 };
  const info = header(answer);
  const length = end + 1 + (info === null ? 0 : info.size + 1);
  return answer.length >= length ? { kind: 'complete', length } : { kind: 'needs', bytes: length };
}
