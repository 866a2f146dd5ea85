import type { Resolution } from '@thalogos/contracts';
import type { ConflictSides, ResolutionRecord } from './conflict.ts';
import { keyOf } from './conflict.ts';
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
    key: JSON.stringify(valid.map(({ key, side }) => [key, side?.oid ?? null, side?.mode ?? null])),
  };
}

function settlementOf({ side, by }: ResolutionRecord, { ours, theirs }: ConflictSides): PathSettlement {
  const content = side === null ? null : { oid: side.oid };
  return { content, mode: side?.mode ?? ours?.mode ?? theirs?.mode ?? '100644', by: `resolved by ${by}` };
}

/** A resolution as everything outside the server sees it. */
export function resolutionView(resolution: ResolutionRecord | null): Resolution | null {
  if (resolution === null) return null;
  const { take, by, at, task } = resolution;
  return { take, by, at, task };
}
