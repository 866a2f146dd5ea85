import type { CheckResult, Oid, ProjectConfig } from '@thalogos/contracts';

/** A candidate that passed the checks of this machine, for whoever looks at it elsewhere. */
export interface OutsideQuestion {
  readonly project: string;
  readonly config: ProjectConfig;
  /** The sessions whose integration branch is at the candidate. */
  readonly sessions: readonly string[];
  readonly commit: Oid;
}

/** What is said elsewhere: nothing, since nobody asks; results; or that they can't be known in time. */
export type OutsideVerdict =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'answered'; readonly checks: readonly CheckResult[] }
  | { readonly kind: 'unknown'; readonly why: string; readonly fix: string };

/** Asks those elsewhere whom the project file requires, and waits for them no longer than it says. */
export type AskOutside = (question: OutsideQuestion, signal: AbortSignal) => Promise<OutsideVerdict>;
