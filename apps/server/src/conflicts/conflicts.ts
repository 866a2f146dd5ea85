import type { ConflictList, Settled } from '@thalogos/contracts';
import { prepareProposals } from './accept-proposal.ts';
import type { ConflictsDeps, OfferedPath, OrderProposal, PathSettlement } from './conflict-deps.ts';
import type { ConflictCalls } from './conflicts.api.ts';
import { standingConflicts } from './find-conflict.ts';
import { getConflict } from './get-conflict.ts';
import { keepConflicts, type MetWhere } from './keep-conflicts.ts';
import { proposeSolution } from './propose-solution.ts';
import { resolutionOf, resolutionView, settlerOf, takenBack } from './resolutions.ts';
import { resolveConflict } from './resolve-conflict.ts';
import { withdrawResolution } from './withdraw-resolution.ts';

/** Conflicts as the rest of the server uses them. */
export interface Conflicts {
  /** The calls on conflicts; a proposal is a task, which `order` starts. */
  callsWith(order: OrderProposal): ConflictCalls;
  /** Settles the paths of a project that a person has settled. */
  settler(project: string): {
    readonly settle: (file: OfferedPath) => Promise<PathSettlement | null>;
    readonly key: string;
  };
  /** Keeps what conflicts are made of; gives what notes them, for a transaction. */
  keep(met: MetWhere): Promise<() => void>;
  /** The paths among `settled` whose solution was taken back since. */
  takenBack(project: string, settled: readonly Settled[]): readonly string[];
  /** Gets the proposals among tasks ready to become resolutions; gives what notes one as it is approved. */
  prepareApproval(tasks: readonly string[]): Promise<(task: string, by: string) => void>;
  /** The approved proposals whose solutions have landed with these tasks. */
  landedWith(tasks: readonly string[]): readonly string[];
}

/** Joins the parts of conflicts. */
export function makeConflicts(deps: ConflictsDeps): Conflicts {
  const list = (project: string) => listConflicts(deps, project);
  return {
    callsWith: (order) => ({
      list,
      get: (conflict) => getConflict(deps, conflict),
      resolve: async (input, actor) => list((await resolveConflict(deps, input, actor)).project),
      withdraw: async (conflict, actor) => list((await withdrawResolution(deps, conflict, actor)).project),
      propose: async (input, actor) => ({ task: await proposeSolution({ ...deps, order }, input, actor) }),
    }),
    settler: (project) => settlerOf(deps, project),
    takenBack: (project, settled) => takenBack(deps, project, settled),
    keep: (met) => keepConflicts(deps, met),
    prepareApproval: (tasks) => prepareProposals(deps, tasks),
    landedWith: (tasks) => landedWith(deps, tasks),
  };
}

async function listConflicts(deps: ConflictsDeps, project: string): Promise<ConflictList> {
  deps.place(project);
  const standing = await standingConflicts(deps, project);
  return {
    conflicts: standing.map(({ conflict, key }) => ({
      ...conflict,
      resolution: resolutionView(resolutionOf(deps, project, key)),
    })),
  };
}

function landedWith(deps: ConflictsDeps, tasks: readonly string[]): readonly string[] {
  const { store, findTask, projects } = deps;
  const isApproved = (task: string) => findTask(task)?.state === 'approved';
  return projects()
    .flatMap((project) => store.resolutions(project))
    .filter(({ conflict }) => hasLanded(deps, conflict, new Set(tasks)))
    .flatMap(({ task }) => (task !== null && isApproved(task) ? [task] : []));
}

/** Whether both sides of a conflict are on main once these tasks are. */
function hasLanded({ store, findTask }: ConflictsDeps, id: string, landing: ReadonlySet<string>): boolean {
  const conflict = store.find(id)?.conflict;
  if (conflict === undefined || !landing.has(conflict.theirs.task)) return false;
  const ours = conflict.ours.task;
  return ours === null || landing.has(ours) || findTask(ours)?.state === 'saved';
}
