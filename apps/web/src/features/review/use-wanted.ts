import { useEffect } from 'react';
import type { Row } from './diff-rows.ts';

/** Says of which file lines are in view that are not loaded; null when all are there. */
export function useWanted(drawn: readonly Row[], onWant: (path: string | null) => void): void {
  const rest = drawn.find((row) => row.kind === 'rest');
  const wanted = rest?.file.path ?? null;
  useEffect(() => onWant(wanted), [wanted, onWant]);
}
