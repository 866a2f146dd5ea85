import { useMutation, useQueryClient } from '@tanstack/react-query';
import { formatNoun } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { toast, toastError } from '../../ui/toast.tsx';

/** Starts undone tasks anew, each as a task of its own that is reviewed like any other. */
export function useRedo(project: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const redo = useMutation(
    trpc.planning.redo.mutationOptions({
      onSuccess: async ({ tasks }) => {
        toast(`${formatNoun(tasks.length, 'task')} started again. Main is where it was until you save.`);
        await client.invalidateQueries({ queryKey: trpc.tasks.list.pathKey() });
      },
      onError: (error) => toastError('Nothing was started again.', error),
    }),
  );
  return {
    start: (tasks: readonly string[]) => redo.mutate({ project, tasks: [...tasks] }),
    /** Whether this one, or with no name several at once, is being started. */
    isBusy: (task?: string) =>
      redo.isPending &&
      (task === undefined
        ? redo.variables.tasks.length > 1
        : redo.variables.tasks.length === 1 && redo.variables.tasks[0] === task),
  };
}
