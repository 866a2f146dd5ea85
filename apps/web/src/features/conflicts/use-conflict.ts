import type { ConflictDetail, ResolutionChoice } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { useStartSave } from '../../lib/use-start-save.ts';
import { toast, toastError } from '../../ui/toast.tsx';
import { saveAgain } from './save-again.ts';

/** Settles a conflict, takes that back, or asks an agent for a proposal. */
export function useConflictActs(detail: ConflictDetail) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const block = useWriteBlock();
  const conflict = detail.id;
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: trpc.conflicts.pathKey() });
    await client.invalidateQueries({ queryKey: trpc.saves.preview.pathKey() });
  };
  const resolve = useMutation(
    trpc.conflicts.resolve.mutationOptions({
      onSettled: refresh,
      onError: (error) => toastError(`${detail.path} was not settled; your choices are kept.`, error),
    }),
  );
  const withdraw = useMutation(
    trpc.conflicts.withdraw.mutationOptions({
      onSettled: refresh,
      onError: (error) => toastError(`The solution of ${detail.path} was not taken back.`, error),
    }),
  );
  const propose = useMutation(
    trpc.conflicts.propose.mutationOptions({
      onSuccess: () => toast('A proposal was asked for. You review it like any other task.'),
      onSettled: refresh,
      onError: (error) => toastError('No agent was asked.', error),
    }),
  );
  return {
    block,
    isResolving: resolve.isPending,
    isWithdrawing: withdraw.isPending,
    isProposing: propose.isPending,
    resolve: (choice: ResolutionChoice) => {
      if (block === null && !resolve.isPending) resolve.mutate({ conflict, choice });
    },
    withdraw: () => {
      if (block === null && !withdraw.isPending) withdraw.mutate({ conflict });
    },
    propose: (wish: { readonly agent?: string; readonly note?: string }) =>
      propose.mutate({ conflict, ...wish }),
  };
}

/** The Save that waited for a solution, ready to be started again, and why it can't be. */
export function useSaveAgain(save: string | null) {
  const trpc = useTRPC();
  const project = useProjectId();
  const block = useWriteBlock();
  const enabled = project !== '';
  const current = useQuery(trpc.saves.current.queryOptions({ project }, { enabled }));
  const preview = useQuery(trpc.saves.preview.queryOptions({ project }, { enabled }));
  const { start, isStarting } = useStartSave();
  const again = saveAgain({ save, current: current.data?.save ?? null, enters: preview.data?.enters ?? [] });
  return {
    isStarting,
    why: block ?? again.why,
    start: () => start(again.only === null ? {} : { only: again.only }),
  };
}
