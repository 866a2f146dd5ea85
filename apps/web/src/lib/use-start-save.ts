import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { toastError } from '../ui/toast.tsx';
import { useTRPC } from './trpc.ts';
import { useProjectId } from './use-project.ts';

/** Starts a Save of everything approved, or of some of it, and shows it. */
export function useStartSave() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const navigate = useNavigate();
  const project = useProjectId();
  const start = useMutation(
    trpc.saves.save.mutationOptions({
      onSuccess: async ({ save }) => {
        client.setQueryData(trpc.saves.current.queryKey({ project }), { save });
        await navigate({ to: '/save' });
      },
      onError: (error) => toastError('The Save did not start.', error),
    }),
  );
  return {
    start: ({
      only,
      without,
    }: {
      readonly only?: readonly string[];
      readonly without?: readonly string[];
    } = {}) =>
      start.mutate({
        project,
        ...(only === undefined ? {} : { only: [...only] }),
        ...(without === undefined ? {} : { without: [...without] }),
      }),
    isStarting: start.isPending,
  };
}
