import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Project } from '@thalogos/contracts';
import type { Client } from './connection/client.ts';

/** Which repository a command is about. */
export interface Whereabouts {
  /** `--repo`, where it was given. */
  readonly repo: string | null;
  readonly calledFrom: string;
}

/** The project of a repository, registered now where it was not yet. */
export async function findProject(client: Client, { repo, calledFrom }: Whereabouts): Promise<Project> {
  const path = repo === null ? calledFrom : resolve(calledFrom, repo);
  const top = await topOf(path);
  const { projects } = await client.projects.list.query();
  const known = projects.find((project) => project.path === top);
  if (known !== undefined) return known;
  return (await client.projects.register.mutate({ path })).project;
}

/** The nearest folder around a path that holds a `.git`, else its real path. */
async function topOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => path);
  for (let folder = real; ; folder = dirname(folder)) {
    if (
      await stat(join(folder, '.git')).then(
        () => true,
        () => false,
      )
    )
      return folder;
    if (dirname(folder) === folder) return real;
  }
}
