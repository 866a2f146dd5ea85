import type { Session } from '@thalogos/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeDraft, type Draft, EMPTY_DRAFT, moveDraft, readDraft } from '../../lib/draft-state.ts';
import { newOnce } from '../../lib/new-once.ts';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { toastError } from '../../ui/toast.tsx';
import { isOpen } from './session-view.ts';

/** The draft of a place under a name of its own, kept until it is known to have arrived. */
function named(place: string): Draft & { readonly once: string } {
  const draft = readDraft(place);
  const once = draft.once ?? newOnce();
  changeDraft(place, () => ({ once }));
  return { ...draft, once };
}

/** Says a draft to the swarm, opening a session first where none is open. It is kept when that fails, and never said twice. */
export function useSay(project: string, session: Session | null) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (place: string) => {
      const { text, files, once } = named(place);
      const target = isOpen(session) ? session : (await api.sessions.open.mutate({ project })).session;
      // From now on the composer looks there for what is typed, also where saying it fails.
      moveDraft(place, target.id);
      await api.conversation.say.mutate({
        ...{ session: target.id, text, once },
        ...(files.length === 0 ? {} : { attachments: files.map(({ id }) => id) }),
      });
      return { once, place: target.id };
    },
    // What was typed meanwhile is another message.
    onSuccess: ({ once, place }) => {
      if (readDraft(place).once === once) changeDraft(place, () => EMPTY_DRAFT);
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: trpc.sessions.list.pathKey() });
      await client.invalidateQueries({ queryKey: trpc.conversation.messages.pathKey() });
      await client.invalidateQueries({ queryKey: trpc.planning.goals.pathKey() });
    },
    onError: (error) =>
      toastError('It is not known to have been said. What you typed is still there.', error),
  });
}
