import type { Session } from '@thalogos/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { fillDraft } from '../../lib/draft-state.ts';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { toastError } from '../../ui/toast.tsx';
import { isOpen } from './session-view.ts';

/** Says something to the swarm, opening a session first where none is open. The draft is kept when it fails. */
export function useSay(project: string, session: Session | null) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (text: string) => {
      const target = isOpen(session) ? session : (await api.sessions.open.mutate({ project })).session;
      return api.conversation.say.mutate({ session: target.id, text });
    },
    onSuccess: () => fillDraft(''),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: trpc.sessions.list.pathKey() });
      await client.invalidateQueries({ queryKey: trpc.conversation.messages.pathKey() });
      await client.invalidateQueries({ queryKey: trpc.planning.goals.pathKey() });
    },
    onError: (error) => toastError('It was not said.', error),
  });
}
