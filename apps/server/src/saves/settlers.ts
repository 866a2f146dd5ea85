import { CONFLICT_DEFAULTS, type ProjectId } from '@thalogos/contracts';
import { makeTextPolicies, type PolicySettings } from './policies/policies.ts';
import type { SaveContext } from './save-context.ts';
import type { ProjectSettings } from './save-deps.ts';
import type { Settle } from './settle.ts';

/** Who is asked to settle the conflicts of a project, in their order. */
export interface Settlers {
  readonly settle: readonly Settle[];
  /** Changes whenever they would settle anything differently, so that what was merged before counts no longer. */
  readonly key: string;
}

/** Nobody: every conflict is for a person. */
export const NO_SETTLERS: Settlers = { settle: [], key: '' };

/** Gathers the settlers of a project as its settings at the base commit want them. */
export function settlersOf(
  { projects }: SaveContext,
  project: ProjectId,
  { config, hash }: ProjectSettings,
): Settlers {
  const isTrusted = projects.isTrusted(project, hash);
  const { conflicts, generated } = config;
  return {
    settle: [makeTextPolicies(policiesOf(config, isTrusted))],
    key: JSON.stringify([conflicts, generated, isTrusted]),
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
