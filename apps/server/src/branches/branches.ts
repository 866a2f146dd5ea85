import { awaitForge, type ForgeQuestion, type ForgeVerdict } from './await-forge.ts';
import type { BranchCalls } from './branches.api.ts';
import type { BranchesDeps } from './branches-deps.ts';
import { diffBranches } from './diff-branches.ts';
import { makeForgeWatches } from './forge-watches.ts';
import { type BranchLook, makeListBranches } from './list-branches.ts';
import { promote } from './promote.ts';
import { makePromotionStore } from './promotion-store.ts';
import { pushView } from './push-integration.ts';
import { makePusher } from './pusher.ts';
import { makePushStore, type PushStore } from './push-store.ts';
import { recoverPromotions } from './recover-promotions.ts';
import { offerWorkflow } from './workflow-template.ts';

/** The calls on branches, and what the server itself does with them. */
export interface Branches extends BranchCalls {
  /** Settles promotions that a crash cut short; once, before the server is ready. */
  recover(): Promise<void>;
  /** Pushes what policy wants pushed and asks the forge about it, in the background. */
  look(project: string): void;
  /** Resolves when nothing of the project is being pushed. */
  settled(project: string): Promise<void>;
  /** What the forge says of a Save's candidate, where the project file requires that. */
  awaitForge(question: ForgeQuestion, signal: AbortSignal): Promise<ForgeVerdict>;
  close(): Promise<void>;
}

/** Joins the parts of this folder. */
export function makeBranches(deps: BranchesDeps): Branches {
  const promoting = { ...deps, promotions: makePromotionStore(deps.db) };
  const pushing = { ...deps, pushes: makePushStore(deps.db) };
  const watches = makeForgeWatches(deps, pushing.pushes);
  const pusher = makePusher(pushing, watches.look);
  const settings = async (project: string) => (await deps.projects.settingsAt(project, null)).config;
  return {
    list: makeListBranches(deps, { push: lookAt(pushing.pushes), forge: watches.checks }),
    diff: (input) => diffBranches(deps, input),
    environments: async (project) => (await settings(project)).environments,
    promote: (input, actor) => promote(promoting, input, actor),
    workflow: async (project) => offerWorkflow(await settings(project)),
    recover: () => recoverPromotions(promoting),
    look: pusher.look,
    settled: pusher.settled,
    awaitForge: (question, signal) => awaitForge({ ...pushing, watches }, question, signal),
    close: async () => {
      await Promise.all([pusher.close(), watches.close()]);
    },
  };
}

/** A branch that has moved since its push is one to be pushed. */
function lookAt(pushes: PushStore): BranchLook['push'] {
  return (project, branch, head) => {
    const record = pushes.get(project, branch);
    if (record === null) return null;
    const isBehind = record.state === 'pushed' && record.commit !== head;
    return pushView(isBehind ? { ...record, state: 'pending' } : record);
  };
}
