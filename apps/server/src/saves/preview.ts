import type { Conflict, Oid, ProjectId, SavePreview, Settled, TaskId } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { toEntering } from './freeze.ts';
import { knownForPreview } from './known-checks.ts';
import { mergePartsOf } from './merge.ts';
import { mergeAndKeep, mergeIn, type MergeResult } from './merge-tasks.ts';
import type { FoundConflict } from './name-conflicts.ts';
import { personFirst } from './person-first.ts';
import { type MergePlan, planMerge } from './plan-merge.ts';
import { readBase } from './read-base.ts';
import type { Base, Candidate, SaveRecord } from './save.ts';
import type { SaveContext } from './save-context.ts';
import type { Settlers } from './settle.ts';
import { settlersOf } from './settlers.ts';
import { pendingStages } from './stages.ts';

/** Says what a Save of a project started now would take, where it would stop, and what is known of its checks. Nothing is moved. */
export type Preview = (project: ProjectId, only?: readonly TaskId[]) => Promise<SavePreview>;

/** What a Save of a project started now would meet and settle; `main` is the commit that it would build on. */
export type Meet = (project: ProjectId) => Promise<{
  readonly main: Oid;
  readonly found: readonly FoundConflict[];
  readonly settled: readonly Settled[];
}>;

/** Makes a preview that merges again only when what would be merged has changed. */
export function makePreview(context: SaveContext): { readonly preview: Preview; readonly meet: Meet } {
  const last = new Map<ProjectId, Merged>();

  /** The merge of what would enter; the same parts give the same merge, so the last one is kept for each project. */
  function merged({ inside, base, settlers, project, entering }: Imagined): Promise<MergeResult> {
    const key = JSON.stringify([base, entering, settlers.key]);
    const known = last.get(project);
    // In another place the commit that would land is not to be found any more.
    if (known?.key === key && known.inside === inside) return known.result;
    const record = imagine(context, project, entering);
    const result = mergeAnew(context, inside, { record, base, settle: settlers.settle });
    last.set(project, { key, inside, result });
    result.catch(() => last.delete(project));
    return result;
  }

  async function imagined(project: ProjectId, inside: Repository, only: readonly TaskId[] | null) {
    const { projects, timeline } = context;
    const tasks = context.tasks.savable(project);
    const plan = planMerge({ tasks, only, without: null, undone: timeline.undone(project) });
    const base = await readBase(projects, project);
    const settings = await projects.settingsAt(project, base.commit);
    const isEmpty = plan.enters.length === 0 && base.diverged === null;
    const settlers = personFirst(context, project, settlersOf(context, { project, settings, run: null }));
    const entering = plan.enters.map(toEntering);
    const result = isEmpty ? null : await merged({ inside, project, base, entering, settlers });
    return { tasks, plan, base, settings, settlers, ...partsOf(result) };
  }

  const lookAt = async <T>(project: ProjectId, work: (inside: Repository) => Promise<T>) =>
    context.ahead.look(context.projects.place(project).hub, work);

  const meet: Meet = (project) =>
    lookAt(project, async (inside) => {
      const { base, found, settled } = await imagined(project, inside, null);
      return { main: base.commit, found, settled };
    });

  const preview: Preview = (project, only) =>
    lookAt(project, async (inside) => {
      const { plan, conflicts, settled, ...seen } = await imagined(project, inside, only ?? null);
      const { base, candidate, settings, settlers, tasks } = seen;
      const radar = { hub: inside, settlers };
      const [pairs, withMain] = await Promise.all([
        context.collisions.find(radar, tasks),
        context.collisions.findWith(radar, candidate?.commit ?? base.commit, tasks),
      ]);
      const question = { project, tree: candidate?.tree ?? null, settings };
      const checks = knownForPreview(context.results, question);
      return { ...told(plan, conflicts, settled), pairs, withMain, checks };
    });
  return { preview, meet };
}

function told(
  plan: MergePlan,
  conflicts: readonly Conflict[],
  settled: readonly Settled[],
): Pick<SavePreview, 'enters' | 'waits' | 'conflicts' | 'settled'> {
  return {
    enters: plan.enters.map((task) => task.id),
    waits: [...plan.waits],
    conflicts: [...conflicts],
    ...(settled.length === 0 ? {} : { settled: [...settled] }),
  };
}

/** The last merge that was looked at, and where it was made. */
interface Merged {
  readonly key: string;
  readonly inside: Repository;
  readonly result: Promise<MergeResult>;
}

interface Imagined {
  readonly inside: Repository;
  readonly project: ProjectId;
  readonly base: Base;
  readonly entering: SaveRecord['entering'];
  readonly settlers: Settlers;
}

function partsOf(result: MergeResult | null): {
  readonly candidate: Candidate | null;
  readonly conflicts: readonly Conflict[];
  readonly found: readonly FoundConflict[];
  readonly settled: readonly Settled[];
} {
  if (result === null) return { candidate: null, conflicts: [], found: [], settled: [] };
  return result.kind === 'merged'
    ? { candidate: result.candidate, conflicts: [], found: [], settled: result.candidate.settled ?? [] }
    : { candidate: null, ...result };
}

async function mergeAnew(
  context: SaveContext,
  inside: Repository,
  { record, ...how }: Parameters<typeof mergePartsOf>[2] & { readonly record: SaveRecord },
): Promise<MergeResult> {
  const parts = {
    ...(await mergePartsOf(context, record, how)),
    key: null,
    onCommit: () => undefined,
    onKept: () => undefined,
  };
  const result = await mergeIn(inside, parts);
  if (result.kind === 'merged' || (await isThere(parts.place.hub, result.found))) return result;
  // A conflict can be looked at and settled by itself, so that what it is made of has to outlive the look.
  return mergeAndKeep('met', parts);
}

/** Whether the hub itself has everything that conflicts are made of. */
async function isThere({ git, gitDir }: Repository, found: readonly FoundConflict[]): Promise<boolean> {
  const sides = found.flatMap(({ sides: { base, ours, theirs } }) => [base, ours, theirs]);
  // The commit of another repository is nowhere.
  const blobs = sides.flatMap((side) => (side === null || side.mode === '160000' ? [] : [side.oid]));
  const names = new Set([...found.map(({ commits }) => commits.ours), ...blobs]);
  const objects = await Promise.all([...names].map((oid) => git.readObject({ gitDir, oid, maxSize: 0 })));
  return !objects.includes(null);
}

/** A Save that is never started. */
function imagine({ version }: SaveContext, project: ProjectId, entering: SaveRecord['entering']): SaveRecord {
  return {
    id: 'v-preview',
    project,
    kind: 'save',
    by: 'orchestrator',
    request: { only: null, without: null, tag: null },
    // Always the same, so that looking again makes no new objects.
    startedAt: 0,
    endedAt: null,
    version,
    auditHead: '',
    state: { kind: 'freezing' },
    rounds: 0,
    entering,
    undone: [],
    checks: [],
    stages: pendingStages(),
    isCancelled: false,
    isResumed: false,
  };
}
