import type { Discussion, DiscussionAct, Session } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { formatCount } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { toastError } from '../../ui/toast.tsx';

function useDiscussionAct(session: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.conversation.discuss.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.conversation.discussion.pathKey() }),
      onError: (error: unknown) => toastError('The discussion went on as it was.', error),
    }),
  );
  return { act: (act: DiscussionAct) => mutate({ session, act }), isPending };
}

/** Where it stands, in a sentence. */
function standOf({ state, speaker, turns, maxTurns, tokens, maxTokens, reason }: Discussion): string {
  const used = `Turn ${turns} of ${maxTurns}, ${formatCount(tokens)} of ${formatCount(maxTokens)} tokens.`;
  if (state === 'speaking') return speaker === null ? used : `${speaker} speaks. ${used}`;
  return `${reason ?? ''} ${used}`.trim();
}

function Controls({ discussion }: { readonly discussion: Discussion }) {
  const block = useWriteBlock();
  const { act, isPending } = useDiscussionAct(discussion.session);
  const button = (what: DiscussionAct, words: string, isPrimary = false) => (
    <Button
      size="sm"
      variant={isPrimary ? 'primary' : 'default'}
      busy={isPending}
      disabledBecause={block}
      onClick={() => act(what)}
    >
      {words}
    </Button>
  );
  return (
    <span className="row discussion-acts">
      {discussion.state === 'speaking' && button('pause', 'Pause')}
      {discussion.state === 'paused' && button('continue', 'Go on')}
      {discussion.state !== 'ended' && button('stop', 'End it')}
      {button('conclude', 'Make a plan of it', discussion.state === 'ended')}
    </span>
  );
}

/** The discussion of this session: who talks about what, how far it is, and what one can do with it. */
export function DiscussionBar({ session }: { readonly session: Session }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.conversation.discussion.queryOptions({ session: session.id }));
  const discussion = data?.discussion ?? null;
  const isConcluded = discussion?.state === 'ended' && discussion.reason === 'You concluded it.';
  if (discussion === null || isConcluded) return null;
  return (
    <section className="discussion" aria-label={`Discussion of ${discussion.topic}`}>
      <span className="row" aria-hidden>
        {discussion.roles.map((role) => (
          <AgentDisc key={role} name={role} size="sm" />
        ))}
      </span>
      <div className="grow">
        <h2>{discussion.topic}</h2>
        <p className="f12 t2" role="status">
          {standOf(discussion)}
        </p>
      </div>
      <Controls discussion={discussion} />
    </section>
  );
}
