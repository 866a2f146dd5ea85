import type { Size } from '../harness/comparison.ts';
import type { HistorySpec } from './history.ts';

/** The repository most rows are measured on: 5,000 files, 500 commits. */
export function usualHistory(size: Size): HistorySpec {
  return size === 'quick'
    ? { files: 200, linesPerFile: 20, commits: 20, branches: 10 }
    : { files: 5000, linesPerFile: 40, commits: 500, branches: 50 };
}

/** The repository that shows what follows the number of files: 50,000 of them; null unless it was asked for. */
export function largeHistory(size: Size): HistorySpec | null {
  return size === 'large' ? { files: 50_000, linesPerFile: 10, commits: 50, branches: 10 } : null;
}

/** How a workload is called in the table. */
export function describe({ files, commits }: HistorySpec): string {
  return `${files.toLocaleString('en-US')} files, ${commits} commits`;
}

/** Rounds for a row: two show that it works, more make a median. */
export function rounds(size: Size, usual: number): number {
  return size === 'quick' ? 2 : usual;
}

/** How many tasks one Save takes; every task of the workload is saved once. */
export function savedAtOnce(size: Size): number {
  return size === 'quick' ? 3 : 10;
}
