import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unifiedDiff } from './unified-diff.ts';

/** A file of a worktree: where it is, and how people see it named. */
export interface NamedFile {
  readonly file: string;
  readonly name: string;
}

/** Brings a file from what it holds to what it is to hold, null where there is none; answers the change as a unified diff. */
export async function changeFile(
  { file, name }: NamedFile,
  toAfter: (before: string | null) => string | null,
): Promise<string> {
  const before = await readTextIfThere(file);
  const after = toAfter(before);
  if (after === null) await rm(file);
  else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, after);
  }
  return unifiedDiff(name, before, after);
}

/** The text of a file; null where there is none. */
export async function readTextIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
