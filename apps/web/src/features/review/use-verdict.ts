import type { Task } from '@thalogos/contracts';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { toast, toastError } from '../../ui/toast.tsx';
import { clearComments } from './review-state.ts';

/** Approves the tree that was looked at, or sends the change back. `tree` is the one the shown diff was asked for. */
export function useVerdict(task: Task, tree: string | null) {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const project = useProjectId();
  const offline = useWriteBlock();
  const isApproved = task.state === 'approved';
  const judged =
    task.state === 'review' || isApproved ? offline : (offline ?? 'Only a result in review can be judged.');
  // What is approved can still be sent back; that takes the approval with it.
  const block = {
    approve: judged ?? (isApproved ? `Approved by ${task.approvedBy ?? 'a rule'} already.` : null),
    reject: judged,
  };
  const approve = useMutation(
    trpc.review.approve.mutationOptions({
      onSuccess: () => {
        toast(`Approved: ${task.title}. It enters the next Save.`);
        void navigate({ to: '/review' });
      },
      onError: (error) => toastError('It was not approved.', error),
    }),
  );
  const reject = useMutation(
    trpc.review.reject.mutationOptions({
      onSuccess: () => {
        clearComments(task.id);
        toast(`Sent to ${task.agent}. It works on it in the same worktree.`);
        void navigate({ to: '/tasks/$task', params: { task: task.id } });
      },
      onError: (error) => toastError('The request was not sent; your comments are kept.', error),
    }),
  );
  const isBusy = approve.isPending || reject.isPending;
  return {
    block,
    isApproving: approve.isPending,
    isRejecting: reject.isPending,
    approve: () => {
      if (block.approve === null && !isBusy && tree !== null)
        approve.mutate({ project, tasks: [{ task: task.id, tree }], all: false });
    },
    reject: (because: string) => {
      if (block.reject === null && !isBusy) reject.mutate({ task: task.id, because });
    },
  };
}
