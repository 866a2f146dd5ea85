import { CONFLICT_DEFAULTS, type ConflictPolicy } from '@thalogos/contracts';
import { runTestGit } from '@thalogos/testkit';
import type { Repository } from '../../src/git/git.ts';
import { mergeTree } from '../../src/git/merge-tree.ts';
import { readFileAt } from '../../src/git/read-blob.ts';
import { makeTextPolicies } from '../../src/saves/policies/policies.ts';
import { type ConflictedFile, type Settlement, settleMerge } from '../../src/saves/settle.ts';

/** What a rule made of one conflicted file of a merge that a person has made. */
export interface Replayed {
  /** The merge commit. */
  readonly merge: string;
  readonly subject: string;
  readonly path: string;
  /** What settled it with every rule on, and with those that are on by default; null where a person is asked. */
  readonly all: Judged | null;
  readonly byDefault: Judged | null;
}

/** A settlement beside what the person made of the same conflict. */
export interface Judged {
  readonly by: string;
  readonly isAsHuman: boolean;
}

/** Files in which projects commonly keep the lines of both sides; a project lists its own. */
const UNION = ['**/CHANGELOG*', '**/CHANGES*', '**/.*ignore', '**/HISTORY*'];

/** Merges again what people have merged, and compares each conflicted file with what they made of it. */
export async function replay(repository: Repository, limit: number): Promise<Replayed[]> {
  const found: Replayed[] = [];
  for (const merge of await listMerges(repository, limit))
    found.push(...(await replayOne(repository, merge)));
  return found;
}

interface Merge {
  readonly oid: string;
  readonly ours: string;
  readonly theirs: string;
  readonly subject: string;
}

async function listMerges({ gitDir }: Repository, limit: number): Promise<Merge[]> {
  const args = ['--min-parents=2', '--max-parents=2', '--all', `--max-count=${limit}`, '--format=%H %P %s'];
  const lines = (await runTestGit(gitDir, ['log', ...args])).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [oid = '', ours = '', theirs = '', ...subject] = line.split(' ');
    return { oid, ours, theirs, subject: subject.join(' ') };
  });
}

async function replayOne(hub: Repository, { oid, ours, theirs, subject }: Merge): Promise<Replayed[]> {
  const merge = await mergeTree(hub, ours, theirs);
  if (merge.kind === 'clean') return [];
  const files = new Map<string, ConflictedFile>();
  const sides = { hub, ours, theirs, task: null };
  // Only looks at what is offered: nothing is settled here.
  const look = async (file: ConflictedFile) => {
    files.set(file.path, file);
    return null;
  };
  await settleMerge([look], merge, sides);
  return Promise.all(
    merge.conflicts.map(async ({ path }) => {
      const file = files.get(path);
      const human = await readFileAt(hub, oid, path);
      const judge = async (isOn: (policy: ConflictPolicy) => boolean) => {
        const settle = makeTextPolicies({ isOn, union: UNION, generated: [] });
        const settled = file === undefined ? null : await settle(file, { ...sides, rest: null });
        return settled && judged(settled, human.kind === 'blob' ? human.content : null);
      };
      const [all, byDefault] = await Promise.all([
        judge(() => true),
        judge((policy) => CONFLICT_DEFAULTS[policy]),
      ]);
      return { merge: oid, subject, path, all, byDefault };
    }),
  );
}

function judged({ content, by }: Settlement, human: Buffer | null): Judged {
  return { by, isAsHuman: content instanceof Uint8Array && human?.equals(content) === true };
}
