import { useCallback, useState } from 'react';
import type { LineComment, LineRange } from './comments.ts';
import { keepComment } from './review-state.ts';

/** The comment that is being written on a task's change: begun on a line or a range, kept or let be. */
export function useCommentDraft(task: string, quoteOf: (range: LineRange) => readonly string[]) {
  const [draft, setDraft] = useState<LineComment | null>(null);
  const begin = (range: LineRange) =>
    setDraft({ ...pickRange(range), id: crypto.randomUUID(), text: '', quote: quoteOf(range) });
  const keep = useCallback(
    (comment: LineComment) => {
      keepComment(task, comment);
      setDraft(null);
    },
    [task],
  );
  return { draft, begin, keep, edit: setDraft };
}

function pickRange({ path, side, line, endLine }: LineRange): LineRange {
  return { path, side, line, endLine };
}
