import type { Conflict, ConflictDetail, ConflictList } from '@thalogos/contracts';
import { count, moment } from './table.ts';

/** A conflict with what was decided about it. */
export type ListedConflict = ConflictList['conflicts'][number];

/** Lines of a remembered solution that are shown. */
const SHOWN = 30;

/** Conflicts with how each can be settled; `details` are those of the open ones that were looked at. */
export function sayConflicts(
  conflicts: readonly ListedConflict[],
  details: readonly ConflictDetail[],
): string {
  if (conflicts.length === 0) return 'No conflicts.';
  return conflicts.flatMap((one) => [headline(one), ...saySolution(one, details)]).join('\n');
}

/** What was settled, and what is left. */
export function saySettled(conflicts: readonly ListedConflict[], id: string): string {
  const settled = conflicts.find((one) => one.id === id);
  const open = conflicts.filter(({ resolution }) => resolution === null);
  return [
    ...(settled === undefined ? [] : [headline(settled), ...saySolution(settled, [])]),
    open.length === 0
      ? 'Nothing else collides. Save again: thalogos save'
      : `${count(open.length, 'conflict')} left: thalogos conflicts`,
  ].join('\n');
}

function headline({ id, path, kind, ours, theirs }: Conflict): string {
  return `${id}  ${path} (${kind}): “${ours.title}” (ours) and “${theirs.title}” (theirs)`;
}

function saySolution({ id, resolution }: ListedConflict, details: readonly ConflictDetail[]): string[] {
  if (resolution !== null) return [`  settled by ${resolution.by}: ${sayTake(resolution.take)}`];
  const detail = details.find((one) => one.id === id);
  return [`  open: ${sayChoices(id, detail)}`, ...sayRemembered(detail)];
}

function sayTake(take: NonNullable<ListedConflict['resolution']>['take']): string {
  switch (take) {
    case 'ours':
    case 'theirs':
      return `the whole file as in ${take}`;
    case 'union':
      return 'the lines of both';
    case 'content':
      return 'content of its own';
  }
}

function sayChoices(id: string, detail: ConflictDetail | undefined): string {
  if (detail?.choices.length === 0)
    return `save without one side: thalogos save --without ${detail.theirs.task}`;
  const choices = detail?.choices ?? ['ours', 'theirs', 'union', 'content'];
  const words = choices.map((choice) => (choice === 'content' ? 'FILE' : choice));
  return `thalogos resolve ${id} --take ${words.join('|')}`;
}

function sayRemembered(detail: ConflictDetail | undefined): string[] {
  const { remembered = null } = detail ?? {};
  if (remembered === null) return [];
  const lines = remembered.content.split('\n');
  const more = lines.length > SHOWN ? [`    … ${lines.length - SHOWN} more lines`] : [];
  return [
    `  the same lines were settled by ${remembered.by} on ${moment(remembered.at)}; the file would be:`,
    ...lines.slice(0, SHOWN).map((line) => `    ${line}`),
    ...more,
  ];
}
