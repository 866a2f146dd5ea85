import type { CheckConfig, CheckResult, Oid } from '@thalogos/contracts';
import { type CheckKey, commandHash } from './check-results-store.ts';
import { about } from './journal.ts';
import type { Base, SaveRecord } from './save.ts';
import type { SaveContext } from './save-context.ts';
import type { ProjectSettings } from './save-deps.ts';

/** One commit before the checks of the Save's base. */
export interface CheckGate {
  readonly context: SaveContext;
  readonly record: SaveRecord;
  readonly base: Base;
  /** What is looked at: the candidate, or a part of it while a culprit is searched for. */
  readonly subject: { readonly commit: Oid; readonly tree: Oid };
  /** Whether it is the candidate's turn, which everyone is told of, or a look of the search. */
  readonly step: 'checking' | 'searching';
  readonly settings: ProjectSettings;
  readonly signal: AbortSignal;
}

/** Under which name a check's result on the looked-at tree is remembered. */
export function keyOf({ record, subject, settings }: CheckGate, check: CheckConfig): CheckKey {
  return {
    project: record.project,
    tree: subject.tree,
    command: commandHash(check, settings.config),
  };
}

/** Tells everyone that a check of the candidate has begun. */
export function announceCheck({ context, record, step }: CheckGate, check: CheckConfig): void {
  if (step === 'checking') context.live.activate(record.id, check.name);
}

/** Tells everyone what a check said of the candidate. */
export function reportCheck({ context, record, step }: CheckGate, result: CheckResult): void {
  if (step === 'searching') return;
  context.live.settle(record.id, result);
  context.recorder.transact(() =>
    context.recorder.record({
      ...about(record),
      type: 'save.checked',
      data: { save: record.id, check: result },
    }),
  );
}
