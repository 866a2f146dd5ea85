import type { Oid } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { findInTree } from '../git/ls-tree.ts';
import { readBlob } from '../git/read-blob.ts';
import { PROJECT_FILE } from './project-file.ts';
import {
  MAX_PROJECT_FILE,
  NO_PROJECT_FILE,
  type ParsedProjectFile,
  parseProjectFile,
} from './settings/parse-project-file.ts';
import { trustContent } from './settings/trust-content.ts';

/** A project's settings at one commit; `file` is null where it has none, `hash` names what it executes or loosens. */
export interface CommitSettings extends ParsedProjectFile {
  readonly file: string | null;
  readonly hash: string;
}

/** Reads the project file of a commit from git's objects: never from a checkout, never through a link. */
export async function readSettings(repository: Repository, commit: Oid): Promise<CommitSettings> {
  const entry = await findInTree(repository, commit, PROJECT_FILE);
  if (entry === null)
    return { ...NO_PROJECT_FILE, file: null, hash: trustContent(NO_PROJECT_FILE.config).hash };
  const parsed = entry.mode.startsWith('100')
    ? await readEntry(repository, entry.oid)
    : broken('This is not a regular file');
  return { ...parsed, file: PROJECT_FILE, hash: trustContent(parsed.config).hash };
}

async function readEntry(repository: Repository, oid: Oid): Promise<ParsedProjectFile> {
  const blob = await readBlob(repository, oid, MAX_PROJECT_FILE);
  switch (blob.kind) {
    case 'blob':
      return parseProjectFile(blob.content, PROJECT_FILE);
    case 'too-large':
      return broken('The file is larger than 1 MB');
    case 'absent':
      throw new Error(`Could not read ${PROJECT_FILE}: object ${oid} is missing in ${repository.gitDir}`);
  }
}

function broken(message: string): ParsedProjectFile {
  return { ...NO_PROJECT_FILE, problems: [{ file: PROJECT_FILE, line: 1, column: 1, message }] };
}
