import type { Attempt } from '@thalogos/contracts';

/** One file of several attempts: what each of them did with it, null where nothing. */
export interface ContestRow {
  readonly path: string;
  readonly sizes: readonly (string | null)[];
}

/** The files that any attempt touched, in the order of their names. */
export function contestRows(attempts: readonly Attempt[]): readonly ContestRow[] {
  const paths = new Set(attempts.flatMap(({ files }) => files.map(({ path }) => path)));
  return [...paths].toSorted().map((path) => ({
    path,
    sizes: attempts.map(({ files }) => {
      const file = files.find((one) => one.path === path);
      return file === undefined ? null : `+${file.added} −${file.removed}`;
    }),
  }));
}

/** What checks have said of an attempt's files, in words: they are not run for a comparison. */
export function checkWords({ checks }: Attempt): string {
  if (checks.length === 0) return 'none is configured';
  const named = (known: 'passed' | 'failed') =>
    checks.filter((check) => check.known === known).map(({ name }) => name);
  const [failed, passed] = [named('failed'), named('passed')];
  if (failed.length + passed.length === 0) return 'none ran on it';
  return [
    ...(failed.length === 0 ? [] : [`${failed.join(', ')} failed`]),
    ...(passed.length === 0 ? [] : [`${passed.join(', ')} passed`]),
    ...(failed.length + passed.length < checks.length ? ['the rest did not run'] : []),
  ].join('; ');
}

/** Whether an attempt can be kept now: in review, and none is kept yet. */
export function canKeep(attempt: Attempt, attempts: readonly Attempt[]): boolean {
  return attempt.task.state === 'review' && attempts.every(({ task }) => task.contest?.isKept !== true);
}
