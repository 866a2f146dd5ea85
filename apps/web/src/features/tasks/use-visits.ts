import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { toastError } from '../../ui/toast.tsx';

/** What a person can do, and does, in a task's worktree. */
export function useVisits(task: string) {
  const trpc = useTRPC();
  return useQuery(trpc.visits.of.queryOptions({ task }));
}

/** The acts of a visit; each tells a person what did not work. */
export function useVisitActs(task: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const after = (what: string) => ({
    onSettled: () => client.invalidateQueries({ queryKey: trpc.visits.of.queryKey({ task }) }),
    onError: (error: unknown) => toastError(what, error),
  });
  return {
    open: useMutation(trpc.visits.openTerminal.mutationOptions(after('No terminal was opened.'))),
    close: useMutation(trpc.visits.closeTerminal.mutationOptions(after('The terminal was not closed.'))),
    start: useMutation(trpc.visits.startPreview.mutationOptions(after('The preview was not started.'))),
    stop: useMutation(trpc.visits.stopPreview.mutationOptions(after('The preview was not stopped.'))),
  };
}
