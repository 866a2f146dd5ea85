import type { CheckResult, Delivery, SaveOutcome } from '@thalogos/contracts';
import { oneLine } from './provenance.ts';
import type { Candidate, SaveFact, SaveRecord } from './save.ts';
import type { StageEnd } from './stages.ts';

/** How the stage that a fact closes ended, in one plain sentence; null while the stage goes on. */
export function sayStage(record: SaveRecord, fact: SaveFact): StageEnd | null {
  switch (fact.type) {
    case 'frozen':
      return done(`Starts from ${fact.base.commit.slice(0, 8)}; new work waits.`);
    case 'snapshotted':
      return done(record.kind === 'restore' ? undoes(fact.undone.length) : enters(fact.entering.length));
    case 'merged':
      return done(sayJoined(fact.candidate));
    case 'checked':
      return done(sayChecks(fact.checks));
    case 'moved':
      return done('main moved meanwhile; merging again.');
    case 'recorded':
      return done('The checkpoint is on main.');
    case 'ended':
      return sayEnd(record, fact.outcome);
    case 'reddened':
    case 'probed':
    case 'named':
    case 'sealed':
    case 'landed':
      return null;
  }
}

/** What the stage that goes on after a fact is doing, in one plain sentence; null where its name says enough. */
export function sayMeanwhile(fact: SaveFact): string | null {
  switch (fact.type) {
    case 'reddened':
      return `${fact.check} is red; looking whether main was red before.`;
    case 'probed':
      return 'Looking for the task that turned it red.';
    default:
      return null;
  }
}

function sayJoined({ files, settled = [] }: Candidate): string {
  const conflicts =
    settled.length === 0 ? 'without a conflict' : `with ${count(settled.length, 'conflict')} settled`;
  return `Joined ${conflicts}; ${count(files, 'file')} would change.`;
}

function sayEnd(record: SaveRecord, outcome: SaveOutcome): StageEnd {
  switch (outcome.kind) {
    case 'saved':
      return done(sayDelivery(outcome.delivery));
    case 'nothing-to-save':
      return done('There is nothing to save.');
    case 'cancelled':
      return done('Called off; main is where it was.');
    case 'refused':
      return failed(outcome.refused?.why ?? 'It was refused.');
    case 'conflicted':
      return failed(
        `${count(outcome.conflicts.length, 'conflict')} to settle by a person; main is where it was.`,
      );
    case 'checks-failed':
      return failed(`${sayChecks(outcome.checks)}${saySearch(record, outcome)} main is where it was.`);
  }
}

/** What checks said, in one sentence. */
function sayChecks(checks: readonly CheckResult[]): string {
  const bad = checks.filter((check) => check.state === 'failed').map((check) => check.name);
  if (bad.length > 0) return `${count(bad.length, 'check')} failed: ${bad.join(', ')}.`;
  if (checks.every((check) => check.state === 'unverified'))
    return 'No check is configured, so this is unverified.';
  return `${count(checks.filter((check) => check.state === 'passed').length, 'check')} passed.`;
}

/** Whose work a red check is blamed on, as the end of a sentence of its own; empty when nobody's. */
function saySearch({ entering, state }: SaveRecord, { culprit, redBefore }: SaveOutcome): string {
  if (redBefore !== undefined) return ` ${redBefore.join(', ')} was red on main before.`;
  const task = entering.find(({ id }) => id === culprit?.task);
  if (task !== undefined) return ` It turned red with “${oneLine(task.title)}”.`;
  return state.kind === 'searching' ? ' The task that broke it was not found in time.' : '';
}

function sayDelivery(delivery: Delivery | null): string {
  switch (delivery?.state) {
    case 'updated':
      return 'Your checkout: updated.';
    case 'waiting':
      return `Your checkout: waiting. ${delivery.reason}`;
    case 'diverged':
      return `Your checkout: diverged. ${delivery.reason}`;
    default:
      return 'There was nothing to deliver.';
  }
}

function enters(tasks: number): string {
  return tasks === 0
    ? 'No task enters; your own commits are joined.'
    : `${count(tasks, 'approved task')} ${tasks === 1 ? 'enters' : 'enter'}.`;
}

function undoes(tasks: number): string {
  return `${count(tasks, 'task')} will be undone.`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function done(sentence: string): StageEnd {
  return { state: 'done', sentence };
}

function failed(sentence: string): StageEnd {
  return { state: 'failed', sentence };
}
