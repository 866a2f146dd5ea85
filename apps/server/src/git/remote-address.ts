import type { Repository } from './git.ts';

/** How an address is reached. */
export type RemoteScheme = 'https' | 'ssh' | 'file';

/** Where a person's remote takes pushes; null where there is no remote of that name. */
export async function readRemoteAddress(person: Repository, name: string): Promise<string | null> {
  for (const key of ['pushurl', 'url']) {
    const { exitCode, stdout } = await person.git.plumbing({
      purpose: `read the address of the remote ${name}`,
      gitDir: person.gitDir,
      args: ['config', '--null', '--get', `remote.${name}.${key}`],
      exitCodes: [0, 1],
    });
    if (exitCode === 0) return stdout.toString().split('\0', 1)[0] ?? null;
  }
  return null;
}

const PATTERNS: readonly (readonly [RemoteScheme, RegExp])[] = [
  ['https', /^https:\/\/[^\s-]/i],
  ['ssh', /^ssh:\/\/(?:[\w.~-]+@)?[A-Za-z0-9[]/i],
  // As in `git@example.org:ada/shop.git`; a second colon would name a helper program.
  ['ssh', /^(?:[\w.~-]+@)?[A-Za-z0-9][\w.-]*:(?!:|\/\/)/],
  ['file', /^(?:file:\/\/)?\//],
];

/** How an address is reached; null for one that we never push to, such as `ext::` with its own program. */
export function schemeOf(address: string): RemoteScheme | null {
  // A line break would end the value where git reads it.
  if (/\p{Cc}/u.test(address)) return null;
  return PATTERNS.find(([, pattern]) => pattern.test(address))?.[0] ?? null;
}
