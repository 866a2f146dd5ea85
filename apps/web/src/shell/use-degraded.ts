import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useWriteBlock } from '../lib/live-state.ts';
import { useTRPC } from '../lib/trpc.ts';
import { toastError } from '../ui/toast.tsx';

/** The mode in which one task is tried at a time, and the way out of it. */
export function useDegraded() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const block = useWriteBlock();
  const status = useQuery(trpc.ops.status.queryOptions({}));
  const leaving = useMutation(
    trpc.ops.leaveDegraded.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: trpc.ops.status.pathKey() }),
      onError: (error) => toastError('Degraded mode was not ended.', error),
    }),
  );
  const leave = () => {
    if (block === null && !leaving.isPending) leaving.mutate();
  };
  return { degraded: status.data?.degraded ?? null, leave, isBusy: leaving.isPending, block };
}
