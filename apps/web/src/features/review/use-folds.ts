import type { ReviewFile } from '@thalogos/contracts';
import { useCallback, useState } from 'react';
import { viewState } from './review-state.ts';

/** Which files are folded: viewed ones, until the person says otherwise. */
export function useFolds(marks: Readonly<Record<string, string>>) {
  const [said, setSaid] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isFolded = useCallback(
    (file: ReviewFile) => said.get(file.path) ?? viewState(marks, file) === 'viewed',
    [marks, said],
  );
  const fold = useCallback(
    (path: string, folded: boolean) => setSaid((before) => new Map(before).set(path, folded)),
    [],
  );
  return { isFolded, fold };
}
