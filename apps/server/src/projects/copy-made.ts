import { constants } from 'node:fs';
import {
  chmod,
  copyFile,
  lstat,
  lutimes,
  mkdir,
  readFile,
  realpath,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { type MadeFile, pathOf } from './made-files.ts';

/** How many files are copied beside each other. */
const BESIDE = 8;

/** From where to where files are copied, and in which of them one path stands for another. */
export interface MadeCopy {
  readonly from: string;
  readonly to: string;
  readonly files: readonly MadeFile[];
  /** The folder that the files were made in, and the names of those whose text says so. */
  readonly origin: string;
  readonly mentions: ReadonlySet<string>;
  /** What the text says instead. */
  readonly place: string;
}

/**
 * Copies what a setup made, each file anew: two worktrees never share one. Nothing that exists is written to, and
 * nothing is written through a link; throws where a copy is not possible.
 */
export async function copyMade(copy: MadeCopy): Promise<void> {
  await assertParents(copy);
  for (const { name, kind } of copy.files) if (kind === 'folder') await mkdir(pathOf(copy.to, name));
  const rest = copy.files.filter(({ kind }) => kind !== 'folder').values();
  await Promise.all(
    Array.from({ length: BESIDE }, async () => {
      for (const file of rest) await copyOne(copy, file);
    }),
  );
  // A folder's time and mode last: what is put into it would change the one and be refused by the other.
  for (const { name, kind, mode, modified } of copy.files.toReversed()) {
    if (kind !== 'folder') continue;
    const path = pathOf(copy.to, name);
    await utimes(path, modified / 1000, modified / 1000);
    await chmod(path, mode);
  }
}

/** The folders that were there before the setup and hold something that it made. */
export function foldersAround(files: readonly MadeFile[]): readonly string[] {
  const made = new Set(files.filter(({ kind }) => kind === 'folder').map(({ name }) => name));
  const parents = new Set(files.map(({ name }) => dirname(name)).filter((parent) => parent !== '.'));
  return [...parents].filter((parent) => !made.has(parent));
}

/** A folder of the repository may be a link by now, and then the copy would be written elsewhere. */
async function assertParents({ to, files }: MadeCopy): Promise<void> {
  const root = await realpath(to);
  for (const parent of foldersAround(files)) {
    const real = await realpath(pathOf(to, parent), 'buffer');
    if (!real.equals(pathOf(root, parent))) throw new Error(`Could not copy into ${to}: ${parent} is a link`);
  }
}

async function copyOne({ from, to, origin, mentions, place }: MadeCopy, file: MadeFile): Promise<void> {
  const { name, kind, mode, size, modified, target } = file;
  const path = pathOf(to, name);
  if (kind === 'link') {
    await symlink(Buffer.from((target ?? '').replace(origin, place), 'latin1'), path);
    await lutimes(path, modified / 1000, modified / 1000);
    return;
  }
  const source = pathOf(from, name);
  if (mentions.has(name)) {
    const text = (await readFile(source, 'latin1')).replaceAll(origin, place);
    await writeFile(path, Buffer.from(text, 'latin1'), { flag: 'wx' });
  } else {
    await copyFile(source, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    if ((await lstat(path)).size !== size)
      throw new Error(`Could not copy ${source.toString()}: it is not whole`);
  }
  await chmod(path, mode);
  await utimes(path, modified / 1000, modified / 1000);
}
