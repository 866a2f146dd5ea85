import { CONFLICT_DEFAULTS, type ProjectId, type SaveId } from '@thalogos/contracts';
import { makeGeneratedPolicy } from './policies/generated.ts';
import { makeTextPolicies, type PolicySettings } from './policies/policies.ts';
import { imagineRebuild, makeRebuild } from './rebuild-generated.ts';
import type { SaveContext } from './save-context.ts';
import type { ProjectSettings } from './save-deps.ts';
import type { Settlers } from './settle.ts';

/** For which project conflicts are settled; `run` is null for a look ahead, in which nothing is run. */
export interface SettleTarget {
  readonly project: ProjectId;
  readonly settings: ProjectSettings;
  readonly run: { readonly save: SaveId; readonly signal: AbortSignal } | null;
}

/** Gathers the settlers of a project as its settings at the base commit want them. */
export function settlersOf(context: SaveContext, { project, settings, run }: SettleTarget): Settlers {
  const { config, hash } = settings;
  const isTrusted = context.projects.isTrusted(project, hash);
  const policies = policiesOf(config, isTrusted);
  const rebuild =
    run === null
      ? imagineRebuild(context.projects.place(project).hub)
      : makeRebuild(context, { project, settings, ...run });
  const mayRun = isTrusted && policies.isOn('generated');
  return {
    settle: [makeTextPolicies(policies), ...(mayRun ? [makeGeneratedPolicy(config.generated, rebuild)] : [])],
    key: JSON.stringify([config.conflicts, config.generated, isTrusted]),
  };
}

/** What the project file says of the rules; untrusted it may switch off, but never loosen. */
function policiesOf({ conflicts, generated }: ProjectSettings['config'], isTrusted: boolean): PolicySettings {
  return {
    isOn: (policy) => {
      const wish = conflicts.policies[policy] ?? CONFLICT_DEFAULTS[policy];
      return wish && (isTrusted || CONFLICT_DEFAULTS[policy]);
    },
    union: isTrusted ? conflicts.union : [],
    generated,
  };
}
