import type { Resolution, Settled } from '@thalogos/contracts';
import type { ConflictSides, ResolutionRecord } from './conflict.ts';
import { digest, keyOf } from './conflict.ts';
import type { ConflictsDeps, OfferedPath, PathSettlement } from './conflict-deps.ts';

type Reads = Pick<ConflictsDeps, 'store' | 'findTask'>;

/** What was decided about the very same conflict, as long as it counts: an agent's only while that result is approved. */
export function resolutionOf(deps: Reads, project: string, key: string): ResolutionRecord | null {
  const found = deps.store.findResolution(project, key);
  return found !== null && counts(deps, found) ? found : null;
}

function counts({ findTask }: Reads, { task, result }: ResolutionRecord): boolean {
  if (task === null) return true;
  const proposal = findTask(task);
  return proposal?.result === result && (proposal?.state === 'approved' || proposal?.state === 'saved');
}

/** Settles the paths of a project that a person has settled; `key` changes whenever it would settle anything differently. */
export function settlerOf(deps: Reads, project: string) {
  const valid = deps.store.resolutions(project).filter((resolution) => counts(deps, resolution));
  const byKey = new Map(valid.map((resolution) => [resolution.key, resolution]));
  return {
    settle: async (file: OfferedPath): Promise<PathSettlement | null> => {
      const found = byKey.get(keyOf(file.path, file));
      return found === undefined ? null : settlementOf(found, file);
    },
    key: digest(valid.map(({ key, side }) => [key, side?.oid ?? null, side?.mode ?? null])),
  };
}

/** The paths among `settled` whose solution was taken back since. */
export function takenBack(deps: Reads, project: string, settled: readonly Settled[]): readonly string[] {
  const decided = settled.filter(({ policy }) => policy.startsWith(BY_PERSON));
  if (decided.length === 0) return [];
  const valid = deps.store.resolutions(project).filter((resolution) => counts(deps, resolution));
  const still = new Set(
    valid.map(({ by, conflict }) => `${deps.store.find(conflict)?.conflict.path ?? ''} ${sayWho(by)}`),
  );
  return decided.filter(({ path, policy }) => !still.has(`${path} ${policy}`)).map(({ path }) => path);
}

/** How what a person has settled is told from what a rule has. */
const BY_PERSON = 'resolved by ';

function sayWho(by: string): string {
  return `${BY_PERSON}${by}`;
}

function settlementOf({ side, by }: ResolutionRecord, { ours, theirs }: ConflictSides): PathSettlement {
  const content = side === null ? null : { oid: side.oid };
  return { content, mode: side?.mode ?? ours?.mode ?? theirs?.mode ?? '100644', by: sayWho(by) };
}

/** A resolution as everything outside the server sees it. */
export function resolutionView(resolution: ResolutionRecord | null): Resolution | null {
  if (resolution === null) return null;
  const { take, by, at, task } = resolution;
  return { take, by, at, task };
}
