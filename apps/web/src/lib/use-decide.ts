import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toastError } from '../ui/toast.tsx';
import { useWriteBlock } from './live-state.ts';
import { useTRPC } from './trpc.ts';

/** Answers a decision once; what became of it comes back with the events, and a refusal is said. */
export function useDecide() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const block = useWriteBlock();
  const decide = useMutation(
    trpc.review.decide.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.review.decisions.pathKey() }),
      onError: (error) => toastError('The answer was not taken.', error),
    }),
  );
  return { decide, block };
}
