import { useMemo } from 'react';
import { type LineComment, locate } from './comments.ts';
import type { LineNote, LoadedPatch } from './diff-rows.ts';

/** The comments below lines, each where its lines are by now; one whose lines are not what they were says so. */
export function useNotes(
  comments: readonly LineComment[],
  draft: LineComment | null,
  patches: ReadonlyMap<string, LoadedPatch>,
): readonly LineNote[] {
  return useMemo(() => {
    const kept = comments.filter(({ id }) => id !== draft?.id).map((comment) => noteOf(comment, patches));
    return draft === null ? kept : [...kept, { kind: 'draft', comment: draft, isOutdated: null }];
  }, [comments, draft, patches]);
}

function noteOf(comment: LineComment, patches: ReadonlyMap<string, LoadedPatch>): LineNote {
  const patch = patches.get(comment.path);
  // Of a file that is not read yet nobody knows.
  if (patch === undefined || comment.quote === undefined)
    return { kind: 'comment', comment, isOutdated: null };
  const place = locate(patch.hunks, comment);
  switch (place.kind) {
    case 'here':
      return { kind: 'comment', comment, isOutdated: null };
    case 'moved':
      return {
        kind: 'comment',
        comment: { ...comment, line: comment.line + place.by, endLine: comment.endLine + place.by },
        isOutdated: null,
        movedFrom: comment.line,
      };
    case 'gone':
      return {
        kind: 'comment',
        comment,
        isOutdated:
          patch.end < patch.lines
            ? null
            : `Its lines have changed since you wrote this; they said: ${comment.quote[0] ?? ''}`,
      };
  }
}
