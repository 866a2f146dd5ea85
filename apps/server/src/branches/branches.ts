import { makeListBranches } from './list-branches.ts';
import type { BranchCalls } from './branches.api.ts';
import type { BranchesDeps } from './branches-deps.ts';
import { diffBranches } from './diff-branches.ts';
import { promote } from './promote.ts';
import { makePromotionStore } from './promotion-store.ts';
import { recoverPromotions } from './recover-promotions.ts';
import { offerWorkflow } from './workflow-template.ts';

/** The calls on branches, and what the server itself does with them. */
export interface Branches extends BranchCalls {
  /** Settles promotions that a crash cut short; once, before the server is ready. */
  recover(): Promise<void>;
}

/** Joins the parts of this folder. */
export function makeBranches(deps: BranchesDeps): Branches {
  const context = { ...deps, promotions: makePromotionStore(deps.db) };
  const settings = async (project: string) => (await deps.projects.settingsAt(project, null)).config;
  return {
    list: makeListBranches(deps, { push: () => null, forge: () => [] }),
    diff: (input) => diffBranches(deps, input),
    environments: async (project) => (await settings(project)).environments,
    promote: (input, actor) => promote(context, input, actor),
    workflow: async (project) => offerWorkflow(await settings(project)),
    recover: () => recoverPromotions(context),
  };
}
