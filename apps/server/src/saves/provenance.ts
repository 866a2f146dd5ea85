import type { Settled } from '@thalogos/contracts';
import { oneLine as withoutBreaks, type Trailer } from '../git/commit-message.ts';
import { type Signature, THALOGOS_EMAIL } from '../git/git.ts';
import type { EnteringTask, SaveRecord } from './save.ts';
import { sayPolicies } from './say-policies.ts';

/** What a commit or tag says, besides its tree and parents. */
export interface Provenance {
  readonly author: Signature;
  readonly message: string;
  readonly trailers: readonly Trailer[];
}

const SUBJECT_LIMIT = 72;

/** Text that can't break out of its line: control characters become one blank, and it is cut at `limit` characters. */
export function oneLine(text: string, limit = SUBJECT_LIMIT): string {
  const clean = [...withoutBreaks(text)];
  return clean.length <= limit ? clean.join('') : `${clean.slice(0, limit - 1).join('')}…`;
}

/** Who commits: Thalogos, at the Save's journaled start, so that a repeated step makes the same object. */
export function committerOf(record: SaveRecord): Signature {
  return { name: 'Thalogos', email: THALOGOS_EMAIL, at: record.startedAt };
}

/** The merge commit of one task: by its agent, approved by a person. */
export function taskProvenance(
  record: SaveRecord,
  task: EnteringTask,
  settled: readonly Settled[],
): Provenance {
  const agent = task.agentVersion === null ? task.agent : `${task.agent}/${task.agentVersion}`;
  return {
    author: { ...committerOf(record), name: oneLine(task.agent) },
    message: `${subject(task.title)}\n\nTask ${task.id} of session ${task.session}, saved by ${oneLine(record.by)}.`,
    trailers: trailers([
      ['Thalogos-Session', task.session],
      ['Thalogos-Task', task.id],
      ['Thalogos-Agent', agent],
      ['Thalogos-Model', task.model],
      ...common(record),
      ['Thalogos-Approved-By', task.approvedBy],
      ['Thalogos-Policy', sayPolicies(settled)],
      ['Thalogos-Audit-Head', record.auditHead],
    ]),
  };
}

/** The commit that joins what the person did on `main` themselves. */
export function joinProvenance(record: SaveRecord, branch: string, settled: readonly Settled[]): Provenance {
  return {
    author: committerOf(record),
    message: `${subject(`Join ${branch} with the commits made beside it`)}\n\nThe person's own commits and the last checkpoint grew apart; both are kept.`,
    trailers: trailers([
      ...common(record),
      ['Thalogos-Policy', sayPolicies(settled)],
      ['Thalogos-Audit-Head', record.auditHead],
    ]),
  };
}

/** The commit that brings the tree of an earlier checkpoint back. */
export function restoreProvenance(record: SaveRecord, tag: string): Provenance {
  const undone = record.undone.length === 0 ? 'No task is undone.' : `Undone: ${record.undone.join(', ')}.`;
  return {
    author: committerOf(record),
    message: `${subject(`Restore ${tag}`)}\n\nThe tree of ${tag}, by ${oneLine(record.by)}. ${undone}`,
    trailers: trailers([...common(record), ['Rollback-To', tag], ['Thalogos-Audit-Head', record.auditHead]]),
  };
}

/** The trailers that everything a Save makes carries. */
export function common(record: SaveRecord): readonly Fact[] {
  return [
    ['Thalogos-Save', record.id],
    ['Thalogos-Version', record.version],
  ];
}

type Fact = readonly [key: string, value: string | null];

/** Drops what is not known; an empty trailer would say something false. */
export function trailers(facts: readonly Fact[]): readonly Trailer[] {
  return facts.flatMap(([key, value]) =>
    value === null || oneLine(value, 200) === '' ? [] : [{ key, value: oneLine(value, 200) }],
  );
}

function subject(text: string): string {
  const line = oneLine(text);
  return line === '' ? 'Work without a title' : line;
}
