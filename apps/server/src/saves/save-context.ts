import type { CheckResultsStore } from './check-results-store.ts';
import type { Collisions } from './find-collisions.ts';
import type { Journal } from './journal.ts';
import type { LiveChecks } from './live-checks.ts';
import type { LookAhead } from './look-ahead.ts';
import type { SaveFact, SaveRecord, SaveState } from './save.ts';
import type { SavesDeps } from './save-deps.ts';
import type { TouchedStore } from './touched-store.ts';

/** What the steps of a Save work with. */
export interface SaveContext extends SavesDeps {
  readonly journal: Journal;
  readonly results: CheckResultsStore;
  readonly live: LiveChecks;
  readonly touched: TouchedStore;
  readonly collisions: Collisions;
  readonly ahead: LookAhead;
}

/** A Save in a known state. */
export type SaveAt<K extends SaveState['kind']> = SaveRecord & {
  readonly state: Extract<SaveState, { kind: K }>;
};

/** What a step achieved; `within` runs in the transaction that notes it. */
export interface StepResult {
  readonly fact: SaveFact;
  readonly within?: () => void;
}
