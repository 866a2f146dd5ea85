import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commitTree } from '../../git/commit-tree.ts';
import type { Checkout, Git } from '../../git/git.ts';
import { updateRefs } from '../../git/update-refs.ts';
import { SAMPLE_HISTORY } from './sample-files.ts';

/** 2026-01-05 09:00 UTC: a fixed date makes the sample's commits the same everywhere. */
const FIRST_COMMIT = Date.UTC(2026, 0, 5, 9);
const DAY_MS = 86_400_000;
const AUTHOR = { name: 'Fare Shop', email: 'fare-shop@localhost' };

/** Copies the sample to `path` as a repository with a history and a checkout; what is half made never stands there. */
export async function makeDemonstration(git: Git, path: string): Promise<void> {
  const draft = `${path}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  await git.plumbing({
    purpose: 'make the demonstration',
    args: ['init', '--quiet', '--initial-branch=main', draft],
  });
  const checkout: Checkout = { git, gitDir: join(draft, '.git'), workTree: draft };
  let parent: string | null = null;
  for (const [day, { message, files }] of SAMPLE_HISTORY.entries()) {
    const tree = await addFiles(checkout, files);
    const by = { ...AUTHOR, at: FIRST_COMMIT + day * DAY_MS };
    const commit = await commitTree(checkout, {
      tree,
      parents: parent === null ? [] : [parent],
      author: by,
      committer: by,
      message,
    });
    const moved = await updateRefs(
      checkout,
      [{ ref: 'refs/heads/main', from: parent, to: commit }],
      'commit',
    );
    if (moved.kind === 'moved')
      throw new Error(`Could not make the demonstration at ${path}: ${moved.ref} was not where it was left`);
    parent = commit;
  }
  await rename(draft, path);
}

async function addFiles(
  { git, gitDir, workTree }: Checkout,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const file = join(workTree, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const scope = { gitDir, workTree, writes: gitDir };
  await git.plumbing({ ...scope, purpose: 'add the sample', args: ['add', '--', ...Object.keys(files)] });
  const { stdout } = await git.plumbing({
    ...scope,
    purpose: 'write the tree of the sample',
    args: ['write-tree'],
  });
  return stdout.toString('latin1').trim();
}
