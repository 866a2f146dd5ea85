import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';
import { GitFault } from './git-fault.ts';
import { resolveRef } from './resolve-ref.ts';

/** What a person's branch is at now, with its objects in the hub, or that there is no such branch. */
export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly oid: Oid }
  | { readonly kind: 'no-such-branch' };

/** Brings a person's branch into the hub as `refs/thalogos/source/<branch>`, unless the hub has it as its own; no branch of the hub moves. */
export async function fetchIntoHub(
  hub: Repository,
  person: Repository,
  branch: string,
): Promise<FetchOutcome> {
  const wanted = await resolveRef(person, `refs/heads/${branch}`);
  if (wanted === null) return { kind: 'no-such-branch' };
  const kept = `refs/thalogos/source/${branch}`;
  const [before, main] = await Promise.all(
    [kept, `refs/heads/${branch}`].map((name) => resolveRef(hub, name)),
  );
  // After a delivery the person has the hub's own commits, and nothing is to be brought.
  if (before === wanted || main === wanted) return { kind: 'fetched', oid: wanted };
  await hub.git.run({
    purpose: `fetch ${branch} from the person's repository`,
    command: 'fetch',
    gitDir: hub.gitDir,
    args: [
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--',
      person.gitDir,
      `+refs/heads/${branch}:${kept}`,
    ],
    writes: hub.gitDir,
  });
  const oid = await resolveRef(hub, kept);
  if (oid === null) throw new GitFault(`Could not fetch ${branch}: it did not arrive`);
  return { kind: 'fetched', oid };
}
