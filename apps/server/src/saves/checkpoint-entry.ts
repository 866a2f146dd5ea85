import type { SaveOutcome, TimelineEntry } from '@thalogos/contracts';
import type { Trailer } from '../git/commit-message.ts';
import { common, oneLine, trailers } from './provenance.ts';
import type { SaveRecord, Seal } from './save.ts';
import { baseOf } from './outcome.ts';

/** The timeline's line for a Save that lands as this checkpoint. */
export function entryOf(record: SaveRecord, seal: Seal): TimelineEntry {
  const candidate = 'candidate' in record.state ? record.state.candidate : null;
  return {
    ...shared(record),
    kind: record.kind,
    tag: seal.tag,
    commit: candidate?.commit ?? null,
    sequence: seal.sequence,
    at: record.startedAt,
    undone: [...record.undone],
    signature: 'good',
    summary: sayLanded(record),
    files: candidate?.files ?? 0,
  };
}

/** The timeline's line for a Save that did not land and that a person should know of; null for one that just did nothing. */
export function failedEntryOf(record: SaveRecord, outcome: SaveOutcome): TimelineEntry | null {
  const summary = sayFailed(record, outcome);
  if (summary === null) return null;
  return {
    ...shared(record),
    kind: 'failed',
    tag: null,
    commit: null,
    sequence: null,
    at: record.startedAt,
    undone: [],
    signature: 'missing',
    summary,
    checks: outcome.checks.map(({ name, state }) => ({ name, state })),
    files: 0,
  };
}

function shared(
  record: SaveRecord,
): Pick<TimelineEntry, 'tasks' | 'by' | 'save' | 'restored' | 'checks' | 'undoneBy'> {
  return {
    tasks: record.entering.map(({ id, title, agent }) => ({ id, title, agent })),
    by: record.by,
    save: record.id,
    restored: record.request.tag,
    checks: record.checks.map(({ name, state }) => ({ name, state })),
    undoneBy: null,
  };
}

/**
 * The text of a checkpoint's tag: for people first, then the timeline's line as JSON, so
 * that the timeline can be made again from the tags alone.
 */
export function checkpointMessage(record: SaveRecord, seal: Seal): string {
  const titles = record.entering.map((task) => `- ${oneLine(task.title)} (${oneLine(task.agent)})`);
  const entry = { ...entryOf(record, seal), project: record.project, base: baseOf(record)?.commit ?? null };
  return [seal.tag, sayLanded(record), titles.join('\n'), `entry: ${JSON.stringify(entry)}`]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The last block of a checkpoint's tag; the audit head makes a cut tail of the chain visible. */
export function checkpointTrailers(record: SaveRecord, seal: Seal): readonly Trailer[] {
  return trailers([
    ...common(record),
    ['Rollback-To', record.request.tag],
    ['Thalogos-Audit-Head', seal.auditHead],
  ]);
}

function sayLanded({ kind, request, entering }: SaveRecord): string {
  if (kind === 'restore') return `Restored ${request.tag ?? ''}`;
  const [first, ...others] = entering;
  if (first === undefined) return 'Joined commits made beside the last checkpoint';
  return others.length === 0 ? oneLine(first.title) : `${oneLine(first.title)} and ${others.length} more`;
}

function sayFailed(record: SaveRecord, outcome: SaveOutcome): string | null {
  switch (outcome.kind) {
    case 'conflicted':
      return `Conflict in ${[...new Set(outcome.conflicts.map((conflict) => conflict.path))].join(', ')}`;
    case 'checks-failed':
      return `Checks failed: ${outcome.failed.join(', ')}${saySince(record, outcome)}`;
    case 'refused':
      return outcome.refused?.why ?? 'Refused';
    case 'saved':
    case 'nothing-to-save':
    case 'cancelled':
      return null;
  }
}

function saySince({ entering }: SaveRecord, { culprit, redBefore }: SaveOutcome): string {
  if (redBefore !== undefined) return '; main was red before';
  const task = entering.find(({ id }) => id === culprit?.task);
  return task === undefined ? '' : `, since “${oneLine(task.title)}”`;
}
