import type { ConflictDetail } from '@thalogos/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useKey } from '../../lib/use-key.ts';
import type { HunkChoice } from './conflict-draft.ts';
import { type ConflictRow, stepConflict } from './conflict-view.ts';
import type { useConflictActs } from './use-conflict.ts';
import { isLineWise, type useSolution } from './use-solution.ts';

/** Everything on the page of a conflict by keys; `?` lists them. */
export function useConflictKeys({
  detail,
  conflicts,
  solution,
  acts,
}: {
  readonly detail: ConflictDetail;
  readonly conflicts: readonly ConflictRow[];
  readonly solution: ReturnType<typeof useSolution>;
  readonly acts: ReturnType<typeof useConflictActs>;
}): void {
  const navigate = useNavigate();
  const isOpen = detail.resolution === null;
  const isLines = isLineWise(detail) && solution.draft.whole === null;
  const canChoose = isOpen && isLines;
  const go = (step: 1 | -1) => {
    const conflict = stepConflict(conflicts, detail.id, step);
    if (conflict !== null) void navigate({ to: '/conflicts/$conflict', params: { conflict } });
  };
  const choose = (choice: HunkChoice | null) => {
    if (solution.current !== null) solution.choose(solution.current, choice);
  };
  const keep = () => {
    const isWritten = isLineWise(detail) || solution.draft.whole !== null;
    if (isWritten && solution.whyNot === null && detail.choices.includes('content'))
      acts.resolve({ take: 'content', content: solution.result.text });
  };
  useKey('conflict-next', () => go(1));
  useKey('conflict-previous', () => go(-1));
  useKey('conflict-next-place', () => solution.step(1), isLines);
  useKey('conflict-previous-place', () => solution.step(-1), isLines);
  useKey('conflict-ours', () => choose({ take: 'ours' }), canChoose);
  useKey('conflict-theirs', () => choose({ take: 'theirs' }), canChoose);
  useKey('conflict-both', () => choose({ take: 'both' }), canChoose);
  useKey('conflict-edit', () => solution.edit(solution.current), canChoose);
  useKey('conflict-base', () => solution.showBase(!solution.showsBase), isLines);
  useKey('conflict-keep', keep, isOpen);
  useKey('conflict-undo', acts.withdraw, !isOpen);
}
