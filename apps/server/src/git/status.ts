import type { Checkout } from './git.ts';
import { type GitPath, gitPathFrom, splitNul } from './git-path.ts';

/** One path that is not as HEAD has it. `staged` and `unstaged` are git's letters, `.` for no change. */
export interface StatusEntry {
  readonly path: GitPath;
  /** Where a renamed path came from. */
  readonly from: GitPath | null;
  readonly kind: 'changed' | 'renamed' | 'unmerged' | 'untracked' | 'ignored';
  readonly staged: string;
  readonly unstaged: string;
}

/** The paths of a checkout that differ from HEAD; when asked for, ignored ones too (a folder that is ignored whole ends in a slash). */
export async function readStatus(
  checkout: Checkout,
  { withIgnored = false }: { withIgnored?: boolean } = {},
): Promise<StatusEntry[]> {
  const { stdout } = await checkout.git.plumbing({
    purpose: `read the status of ${checkout.workTree}`,
    gitDir: checkout.gitDir,
    workTree: checkout.workTree,
    args: [
      'status',
      '--porcelain=v2',
      '-z',
      '--untracked-files=all',
      `--ignored=${withIgnored ? 'matching' : 'no'}`,
      '--ignore-submodules=dirty',
    ],
    maxOutput: 256 * 1024 * 1024,
  });
  return parseStatus(splitNul(stdout));
}

/** What each first letter of `status --porcelain=v2` tells, and how many fields stand before the path. */
const LINES: Readonly<Record<string, { readonly kind: StatusEntry['kind']; readonly leading: number }>> = {
  '1': { kind: 'changed', leading: 8 },
  '2': { kind: 'renamed', leading: 9 },
  u: { kind: 'unmerged', leading: 10 },
  '?': { kind: 'untracked', leading: 1 },
  '!': { kind: 'ignored', leading: 1 },
};

function parseStatus(fields: readonly Buffer[]): StatusEntry[] {
  const entries: StatusEntry[] = [];
  const rest = fields.values();
  for (const field of rest) {
    const line = LINES[letterAt(field, 0)];
    if (line === undefined) continue;
    const { kind, leading } = line;
    const hasLetters = leading > 1;
    entries.push({
      path: gitPathFrom(afterSpaces(field, leading)),
      // A renamed path is followed by where it came from, in a field of its own.
      from: kind === 'renamed' ? gitPathFrom(rest.next().value ?? Buffer.alloc(0)) : null,
      kind,
      staged: hasLetters ? letterAt(field, 2) : '.',
      unstaged: hasLetters ? letterAt(field, 3) : '.',
    });
  }
  return entries;
}

function letterAt(field: Buffer, index: number): string {
  return field.toString('latin1', index, index + 1);
}

function afterSpaces(field: Buffer, count: number): Buffer {
  let at = 0;
  for (let space = 0; space < count; space += 1) at = field.indexOf(' ', at) + 1;
  return field.subarray(at);
}
