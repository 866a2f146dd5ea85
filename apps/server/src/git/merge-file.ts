import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './git.ts';

/** Three contents of one text file, none of them binary. */
export interface FileMerge {
  readonly base: Uint8Array;
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
  /**
   * How a conflict is written: `marked` with markers around both sides, `with-base` with the
   * ancestor between them, `union` as the lines of both, ours first, without a marker.
   */
  readonly style: 'marked' | 'with-base' | 'union';
  /** How many characters a marker has, for a file that holds lines like markers itself; 7 when absent. */
  readonly markerSize?: number;
}

/** As many conflicts as git counts in the exit code; 255 is a fault. */
const CONFLICT_COUNTS = Array.from({ length: 128 }, (_, count) => count);

/** Merges the lines of one text file as git does, with no commit and no tree around it. */
export async function mergeFile(repository: Repository, merge: FileMerge): Promise<Buffer> {
  const folder = join(repository.gitDir, 'thalogos', `merge-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  try {
    const [ours, base, theirs] = await Promise.all(
      (['ours', 'base', 'theirs'] as const).map(async (side) => {
        await writeFile(join(folder, side), merge[side]);
        return join(folder, side);
      }),
    );
    const { stdout } = await repository.git.plumbing({
      purpose: 'merge the lines of a file',
      gitDir: repository.gitDir,
      args: [
        'merge-file',
        '-p',
        ...styleOf(merge),
        ...['-L', 'ours', '-L', 'base', '-L', 'theirs'],
        ...[ours ?? '', base ?? '', theirs ?? ''],
      ],
      exitCodes: CONFLICT_COUNTS,
    });
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function styleOf({ style, markerSize = 7 }: FileMerge): readonly string[] {
  if (style === 'union') return ['--union'];
  return [...(style === 'with-base' ? ['--diff3'] : []), `--marker-size=${markerSize}`];
}
