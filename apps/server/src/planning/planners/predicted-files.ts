import type { PredictedFile } from '@thalogos/contracts';

/** Files that one task is expected to touch: more say nothing any more. */
const MOST = 40;

/** Those predictions that can be meant: paths inside the repository, each once, never git's own. */
export function usablePredictions(files: readonly PredictedFile[]): readonly PredictedFile[] {
  const seen = new Set<string>();
  return files
    .filter(({ path }) => isInside(path) && !seen.has(path) && seen.add(path).size > 0)
    .slice(0, MOST);
}

function isInside(path: string): boolean {
  // What would move a terminal's cursor is no forecast.
  if (/[\p{Cc}\\]/u.test(path) || /^([/~]|[A-Za-z]:)/.test(path)) return false;
  const parts = path.split('/');
  return parts.every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git');
}
