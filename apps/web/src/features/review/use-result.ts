import type { ReviewFile, Task } from '@thalogos/contracts';
import { useMutation } from '@tanstack/react-query';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { toast, toastError } from '../../ui/toast.tsx';
import { type LineComment, suggestionOf } from './comments.ts';
import type { Hunk } from './parse-patch.ts';
import { clearComments } from './review-state.ts';

/** Where the diff can't be taken apart, and why; null where it can. */
interface ResultGiven {
  readonly task: Task;
  readonly tree: string | null;
  readonly notWhole: string | null;
}

const SAFE = 'Nothing was changed.';

function useActs() {
  const trpc = useTRPC();
  const takeOut = useMutation(
    trpc.changes.takeOut.mutationOptions({
      onSuccess: () => toast('Taken out, as a commit of yours. Undo brings it back.'),
      onError: (error) => toastError(`It was not taken out. ${SAFE}`, error),
    }),
  );
  const apply = useMutation(
    trpc.changes.applySuggestions.mutationOptions({
      onError: (error) => toastError(`The suggestion was not applied. ${SAFE}`, error),
    }),
  );
  const undo = useMutation(
    trpc.changes.undo.mutationOptions({
      onSuccess: () => toast('Undone: the result is what it was before.'),
      onError: (error) => toastError(`It was not undone. ${SAFE}`, error),
    }),
  );
  return { takeOut, apply, undo };
}

/** Why the result can't be changed now. What is on the screen may be the one before the last change for a moment. */
function blockOf(task: Task, tree: string | null, isBusy: boolean): string | null {
  const isResting = task.state === 'review' || task.state === 'approved';
  if (!isResting || tree === null) return 'Only a result in review can be changed.';
  return isBusy || tree !== task.tree ? 'The result is being changed: one moment.' : null;
}

/** What a person makes of the result: parts taken out, suggestions applied, and the last such change taken back. */
export function useResult({ task, tree, notWhole }: ResultGiven) {
  const offline = useWriteBlock();
  const { takeOut, apply, undo } = useActs();
  const isBusy = takeOut.isPending || apply.isPending || undo.isPending;
  const block = offline ?? blockOf(task, tree, isBusy);
  const may = block === null && tree !== null;
  return {
    block: { edit: block, hunks: block ?? notWhole },
    isUndoing: undo.isPending,
    takeOut: (file: ReviewFile, hunk: Hunk | null) => {
      const part = { path: file.path, hunks: hunk === null ? null : [hunk.range] };
      if (may) takeOut.mutate({ task: task.id, tree, parts: [part] });
    },
    apply: (comments: readonly LineComment[]) => {
      // A comment that only asks something is still to be sent.
      const applied = comments.filter((comment) => suggestionOf(comment) !== null);
      const onSuccess = () => {
        clearComments(
          task.id,
          applied.map(({ id }) => id),
        );
        toast('Applied, as a commit of yours. Undo takes it back.');
      };
      if (may && applied.length > 0)
        apply.mutate({ task: task.id, tree, suggestions: applied.map(toSuggestion) }, { onSuccess });
    },
    undo: () => {
      if (may) undo.mutate({ task: task.id, tree });
    },
  };
}

function toSuggestion(comment: LineComment) {
  const { path, line, endLine } = comment;
  return { path, line, endLine, text: suggestionOf(comment) ?? '' };
}
