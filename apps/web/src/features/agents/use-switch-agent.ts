import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { toastError } from '../../ui/toast.tsx';

/** Gives an agent work from now on, or none. */
export function useSwitchAgent() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const mutation = useMutation(
    trpc.agents.switch.mutationOptions({
      onSuccess: ({ agents }) => client.setQueryData(trpc.agents.list.queryKey(), { agents }),
      onError: (error: unknown) => toastError('The agent was not switched.', error),
    }),
  );
  return {
    change: (agent: string, isOn: boolean) => mutation.mutate({ agent, isOn }),
    isPending: mutation.isPending,
  };
}
