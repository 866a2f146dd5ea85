import type { CheckResult, Conflict, Delivery, SaveOutcome, Settled, TaskId } from '@thalogos/contracts';
import { type Base, type SaveRecord, settledOf, tellSettled } from './save.ts';

/** What is true of a Save's outcome however it ended. */
function blank(record: SaveRecord): Omit<SaveOutcome, 'kind'> {
  return {
    save: record.id,
    checkpoint: null,
    base: baseOf(record)?.commit ?? null,
    tasks: record.entering.map((task) => task.id),
    conflicts: [],
    ...settledOf(record.state),
    checks: [...record.checks],
    failed: [],
    culprit: null,
    rest: null,
    refused: null,
    delivery: null,
  };
}

/** The base that a Save is built on, once it is known. */
export function baseOf(record: SaveRecord): Base | null {
  return 'base' in record.state ? record.state.base : null;
}

/** Nothing was approved, or the checkpoint to restore is what `main` already holds. */
export function nothingToSave(record: SaveRecord): SaveOutcome {
  return { kind: 'nothing-to-save', ...blank(record), tasks: [] };
}

/** A rule stood in the way: why, and what a person can do about it. */
export function refused(
  record: SaveRecord,
  refusal: { readonly why: string; readonly fix: string },
): SaveOutcome {
  return { kind: 'refused', ...blank(record), refused: refusal };
}

/** A person called it off before anything was published. */
export function cancelled(record: SaveRecord): SaveOutcome {
  return { kind: 'cancelled', ...blank(record) };
}

/** Work that git could not join; what does not touch it can be saved on its own. */
export function conflicted(
  record: SaveRecord,
  { conflicts, settled }: { readonly conflicts: readonly Conflict[]; readonly settled?: readonly Settled[] },
): SaveOutcome {
  const stuck = withDescendants(
    conflicts.map((conflict) => conflict.theirs.task),
    record,
  );
  return {
    kind: 'conflicted',
    ...blank(record),
    conflicts: [...conflicts],
    ...tellSettled(settled),
    rest: restWithout(stuck, record),
  };
}

/** How a search for the task that broke a check ended. */
export type SearchEnd =
  | { readonly kind: 'found'; readonly task: TaskId; readonly check: string }
  | { readonly kind: 'red-before'; readonly check: string }
  | { readonly kind: 'given-up'; readonly check: string };

/** A check did not pass; `search` is null where there was no task to search among. */
export function checksFailed(
  record: SaveRecord,
  checks: readonly CheckResult[],
  search: SearchEnd | null,
): SaveOutcome {
  const failed = checks.filter((check) => check.state === 'failed').map((check) => check.name);
  const outcome: SaveOutcome = { kind: 'checks-failed', ...blank(record), checks: [...checks], failed };
  switch (search?.kind) {
    case 'found': {
      const { task, check } = search;
      const stuck = withDescendants([task], record);
      const savable = record.entering.map(({ id }) => id).filter((id) => !stuck.has(id));
      return { ...outcome, culprit: { task, check }, rest: { savable } };
    }
    case 'red-before':
      return { ...outcome, redBefore: [search.check] };
    case 'given-up':
    case undefined:
      return outcome;
  }
}

/** It landed. */
export function saved(record: SaveRecord, delivery: Delivery): SaveOutcome {
  if (record.state.kind !== 'delivering') throw new Error(`Save ${record.id} has not landed`);
  const { seal, candidate } = record.state;
  const checkpoint = { tag: seal.tag, commit: candidate.commit, sequence: seal.sequence };
  return { kind: 'saved', ...blank(record), checkpoint, delivery };
}

function withDescendants(ids: readonly TaskId[], record: SaveRecord): ReadonlySet<TaskId> {
  const found = new Set(ids);
  // Entering tasks are in merge order: what builds on a task always comes after it.
  for (const task of record.entering) if (task.after.some((id) => found.has(id))) found.add(task.id);
  return found;
}

function restWithout(stuck: ReadonlySet<TaskId>, record: SaveRecord): SaveOutcome['rest'] {
  const savable = record.entering.map((task) => task.id).filter((id) => !stuck.has(id));
  return savable.length === 0 || savable.length === record.entering.length ? null : { savable };
}
