import type { SelectedLineRange } from '@pierre/diffs';
import { useCallback, useState } from 'react';
import type { LineComment } from './comments.ts';
import { keepComment } from './review-state.ts';

/** The comment that is being written on a task's change: begun on a line or a range, kept or let be. */
export function useCommentDraft(task: string) {
  const [draft, setDraft] = useState<LineComment | null>(null);
  const begin = useCallback((path: string, { start, end, side, endSide }: SelectedLineRange) => {
    setDraft({
      id: crypto.randomUUID(),
      path,
      side: endSide ?? side ?? 'additions',
      line: Math.min(start, end),
      endLine: Math.max(start, end),
      text: '',
    });
  }, []);
  const keep = useCallback(
    (comment: LineComment) => {
      keepComment(task, comment);
      setDraft(null);
    },
    [task],
  );
  return { draft, begin, keep, edit: setDraft };
}
