import type { Conflict, ProjectId, SavePreview } from '@thalogos/contracts';
import { toEntering } from './freeze.ts';
import { knownForPreview } from './known-checks.ts';
import { mergePartsOf } from './merge.ts';
import { mergeTasks, type MergeResult } from './merge-tasks.ts';
import { planMerge } from './plan-merge.ts';
import { readBase } from './read-base.ts';
import type { Base, Candidate, SaveRecord } from './save.ts';
import type { SaveContext } from './save-context.ts';
import { pendingStages } from './stages.ts';

/** Says what a Save of a project started now would take, where it would stop, and what is known of its checks. Nothing is moved. */
export type Preview = (project: ProjectId) => Promise<SavePreview>;

/** Makes a preview that merges again only when what would be merged has changed. */
export function makePreview(context: SaveContext): Preview {
  const last = new Map<ProjectId, { readonly key: string; readonly result: Promise<MergeResult> }>();

  /** The merge of what would enter; the same parts give the same merge, so the last one is kept for each project. */
  function merged(project: ProjectId, base: Base, entering: SaveRecord['entering']): Promise<MergeResult> {
    const key = JSON.stringify([base, entering]);
    const known = last.get(project);
    if (known?.key === key) return known.result;
    const result = mergeAnew(context, imagine(context, project, entering), base);
    last.set(project, { key, result });
    result.catch(() => last.delete(project));
    return result;
  }

  return async (project) => {
    const { collisions, projects, results, timeline } = context;
    const { hub } = projects.place(project);
    const tasks = context.tasks.savable(project);
    const plan = planMerge({ tasks, only: null, without: null, undone: timeline.undone(project) });
    const base = await readBase(projects, project);
    const settings = await projects.settingsAt(project, base.commit);
    const isEmpty = plan.enters.length === 0 && base.diverged === null;
    const result = isEmpty ? null : await merged(project, base, plan.enters.map(toEntering));
    const { candidate, conflicts } = partsOf(result);
    const [pairs, withMain] = await Promise.all([
      collisions.find(hub, tasks),
      collisions.findWith(hub, candidate?.commit ?? base.commit, tasks),
    ]);
    return {
      enters: plan.enters.map((task) => task.id),
      waits: [...plan.waits],
      conflicts: [...conflicts],
      pairs,
      withMain,
      checks: knownForPreview(results, { project, tree: candidate?.tree ?? null, settings }),
    };
  };
}

function partsOf(result: MergeResult | null): {
  readonly candidate: Candidate | null;
  readonly conflicts: readonly Conflict[];
} {
  if (result === null) return { candidate: null, conflicts: [] };
  return result.kind === 'merged'
    ? { candidate: result.candidate, conflicts: [] }
    : { candidate: null, conflicts: result.conflicts };
}

async function mergeAnew(context: SaveContext, record: SaveRecord, base: Base): Promise<MergeResult> {
  return mergeTasks({ ...(await mergePartsOf(context, record, base)), key: null });
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
