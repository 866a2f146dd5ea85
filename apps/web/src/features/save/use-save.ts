import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { checkpointOf } from '../../lib/checkpoint-of.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { useStartSave } from '../../lib/use-start-save.ts';
import { toastError } from '../../ui/toast.tsx';
import { isChecking } from './save-view.ts';

/** How often a Save that checks is looked at. */
const CHECK_LOOK_MS = 1_500;

/** Everything the Save panel reads. */
export function useSaveData() {
  const trpc = useTRPC();
  const project = useProjectId();
  const given = { project };
  const enabled = project !== '';
  const current = useQuery({
    ...trpc.saves.current.queryOptions(given, { enabled }),
    // No event says which check runs now or how far its log is: while a Save checks, it is asked.
    refetchInterval: ({ state }) => (isChecking(state.data?.save ?? null) ? CHECK_LOOK_MS : false),
  });
  const preview = useQuery(trpc.saves.preview.queryOptions(given, { enabled }));
  const tasks = useQuery(trpc.tasks.list.queryOptions(given, { enabled }));
  const timeline = useQuery(trpc.timeline.list.queryOptions(given, { enabled }));
  const lastEntry = timeline.data?.entries.find((entry) => checkpointOf(entry) !== null) ?? null;
  return {
    project,
    current,
    preview,
    save: current.data?.save ?? null,
    tasks: tasks.data?.tasks ?? [],
    lastEntry,
    writeBlock: useWriteBlock(),
  };
}

/** Everything the Save panel can ask for. */
export function useSaveActs() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const project = useProjectId();
  const refresh = () => client.invalidateQueries({ queryKey: trpc.saves.pathKey() });
  const { start, isStarting } = useStartSave();
  const cancel = useMutation(
    trpc.saves.cancel.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toastError('The Save could not be cancelled.', error),
    }),
  );
  const deliver = useMutation(
    trpc.saves.deliver.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toastError('Your checkout could not be updated.', error),
    }),
  );
  return {
    start: (only?: readonly string[]) => start(only === undefined ? {} : { only }),
    cancel: () => cancel.mutate({ project }),
    deliver: () => deliver.mutate({ project }),
    isStarting,
    isCancelling: cancel.isPending,
    isDelivering: deliver.isPending,
  };
}
