import type { Conflict, Oid, ProjectId, SavePreview, Settled } from '@thalogos/contracts';
import { toEntering } from './freeze.ts';
import { knownForPreview } from './known-checks.ts';
import { mergePartsOf } from './merge.ts';
import { mergeTasks, type MergeResult } from './merge-tasks.ts';
import type { FoundConflict } from './name-conflicts.ts';
import { personFirst } from './person-first.ts';
import { planMerge } from './plan-merge.ts';
import { readBase } from './read-base.ts';
import type { Base, Candidate, SaveRecord } from './save.ts';
import type { SaveContext } from './save-context.ts';
import type { Settlers } from './settle.ts';
import { settlersOf } from './settlers.ts';
import { pendingStages } from './stages.ts';

/** Says what a Save of a project started now would take, where it would stop, and what is known of its checks. Nothing is moved. */
export type Preview = (project: ProjectId) => Promise<SavePreview>;

/** What a Save of a project started now would meet and settle; `main` is the commit that it would build on. */
export type Meet = (project: ProjectId) => Promise<{
  readonly main: Oid;
  readonly found: readonly FoundConflict[];
  readonly settled: readonly Settled[];
}>;

/** Makes a preview that merges again only when what would be merged has changed. */
export function makePreview(context: SaveContext): { readonly preview: Preview; readonly meet: Meet } {
  const last = new Map<ProjectId, { readonly key: string; readonly result: Promise<MergeResult> }>();

  /** The merge of what would enter; the same parts give the same merge, so the last one is kept for each project. */
  function merged({ base, settlers, project, entering }: Imagined): Promise<MergeResult> {
    const key = JSON.stringify([base, entering, settlers.key]);
    const known = last.get(project);
    if (known?.key === key) return known.result;
    const result = mergeAnew(context, imagine(context, project, entering), { base, settle: settlers.settle });
    last.set(project, { key, result });
    result.catch(() => last.delete(project));
    return result;
  }

  async function imagined(project: ProjectId) {
    const { projects, timeline } = context;
    const tasks = context.tasks.savable(project);
    const plan = planMerge({ tasks, only: null, without: null, undone: timeline.undone(project) });
    const base = await readBase(projects, project);
    const settings = await projects.settingsAt(project, base.commit);
    const isEmpty = plan.enters.length === 0 && base.diverged === null;
    const settlers = personFirst(context, project, settlersOf(context, { project, settings, run: null }));
    const entering = plan.enters.map(toEntering);
    const result = isEmpty ? null : await merged({ project, base, entering, settlers });
    return { tasks, plan, base, settings, settlers, ...partsOf(result) };
  }

  const meet: Meet = async (project) => {
    const { base, found, settled } = await imagined(project);
    return { main: base.commit, found, settled };
  };

  const preview: Preview = async (project) => {
    const { collisions, projects, results } = context;
    const { hub } = projects.place(project);
    const { tasks, plan, base, settings, settlers, candidate, conflicts, settled } = await imagined(project);
    const radar = { hub, settlers };
    const [pairs, withMain] = await Promise.all([
      collisions.find(radar, tasks),
      collisions.findWith(radar, candidate?.commit ?? base.commit, tasks),
    ]);
    return {
      enters: plan.enters.map((task) => task.id),
      waits: [...plan.waits],
      conflicts: [...conflicts],
      ...(settled.length === 0 ? {} : { settled: [...settled] }),
      pairs,
      withMain,
      checks: knownForPreview(results, { project, tree: candidate?.tree ?? null, settings }),
    };
  };
  return { preview, meet };
}

interface Imagined {
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
  record: SaveRecord,
  how: Parameters<typeof mergePartsOf>[2],
): Promise<MergeResult> {
  return mergeTasks({ ...(await mergePartsOf(context, record, how)), key: null });
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
