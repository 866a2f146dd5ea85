import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useWriteBlock } from '../lib/live-state.ts';
import { useTRPC } from '../lib/trpc.ts';
import { useProjectId } from '../lib/use-project.ts';
import { toastError } from '../ui/toast.tsx';

/** The pause switch of the project's swarm. */
export function usePause() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const project = useProjectId();
  const block = useWriteBlock();
  const sessions = useQuery(trpc.sessions.list.queryOptions({ project }, { enabled: project !== '' }));
  const settle = {
    onSuccess: () => client.invalidateQueries({ queryKey: trpc.sessions.list.pathKey() }),
    onError: (error: unknown) => toastError('The pause switch did not move.', error),
  };
  const pause = useMutation(trpc.sessions.pause.mutationOptions(settle));
  const resume = useMutation(trpc.sessions.resume.mutationOptions(settle));
  const isPaused = sessions.data?.paused ?? false;
  const isBusy = pause.isPending || resume.isPending;
  const toggle = () => {
    if (block !== null || isBusy || project === '') return;
    if (isPaused) resume.mutate({ project });
    else pause.mutate({ project });
  };
  return { isPaused, isBusy, block, toggle };
}
