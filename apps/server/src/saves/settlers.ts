import type { ProjectId } from '@thalogos/contracts';
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
export function settlersOf(_context: SaveContext, _project: ProjectId, _settings: ProjectSettings): Settlers {
  return NO_SETTLERS;
}
