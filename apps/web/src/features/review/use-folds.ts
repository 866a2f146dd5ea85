import { useCallback, useState } from 'react';
import { LARGE_LINES } from './diff-items.ts';
import type { PatchFile } from './patch-files.ts';
import { viewState } from './review-state.ts';

/** Which files are folded: viewed ones and very large ones, until the person says otherwise. */
export function useFolds(marks: Readonly<Record<string, string>>) {
  const [said, setSaid] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isFolded = useCallback(
    (file: PatchFile) =>
      said.get(file.path) ?? (viewState(marks, file) === 'viewed' || file.added + file.removed > LARGE_LINES),
    [marks, said],
  );
  const fold = useCallback(
    (path: string, folded: boolean) => setSaid((before) => new Map(before).set(path, folded)),
    [],
  );
  return { isFolded, fold };
}
