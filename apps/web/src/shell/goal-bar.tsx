import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Sparkle } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { formatNoun } from '../lib/format.ts';
import { useWriteBlock } from '../lib/live-state.ts';
import { useTRPC } from '../lib/trpc.ts';
import { useKey } from '../lib/use-key.ts';
import { useProjectId } from '../lib/use-project.ts';
import { Button } from '../ui/button.tsx';
import { goalTitle } from '../ui/goal-title.ts';
import { toast, toastError } from '../ui/toast.tsx';
import { Keys } from './keys.tsx';

function useGoalHint(project: string): string {
  const trpc = useTRPC();
  const sessions = useQuery(trpc.sessions.list.queryOptions({ project }, { enabled: project !== '' }));
  const session = sessions.data?.sessions.find((one) => one.state !== 'finalized');
  const goals = useQuery(
    trpc.planning.goals.queryOptions({ session: session?.id ?? '' }, { enabled: session !== undefined }),
  );
  const goal = goals.data?.goals.findLast((one) => one.state === 'accepted');
  const title = goal === undefined ? '' : goalTitle(goal.text);
  return title === '' ? 'State a goal for the swarm' : `Now: ${title}`;
}

/** States a goal: its plan is made and shown in Mission, and nothing starts before it is accepted. */
export function GoalBar() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const navigate = useNavigate();
  const project = useProjectId();
  const block = useWriteBlock();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const hint = useGoalHint(project);
  useKey('goal', () => input.current?.focus());
  const state = useMutation(
    trpc.planning.state.mutationOptions({
      onSuccess: async (stated) => {
        setText('');
        toast(`Planned ${formatNoun(stated.tasks.length, 'task')}. Look at the plan, then start it.`);
        await client.invalidateQueries({ queryKey: trpc.planning.goals.pathKey() });
        await navigate({ to: '/' });
      },
      onError: (error) => toastError('The goal was not taken.', error),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && block === null && !state.isPending) {
      input.current?.blur();
      state.mutate({ project, text, planOnly: true, approve: false });
    }
  };
  return (
    <form className="bar-goal" role="search" aria-label="Goal" onSubmit={submit}>
      <div className="goal-bar" title={block ?? hint}>
        <Sparkle size={16} aria-hidden />
        <input
          ref={input}
          value={text}
          placeholder={block ?? hint}
          aria-label="State a goal"
          readOnly={block !== null}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
        />
        {text === '' ? (
          <Keys of="goal" />
        ) : (
          <Button type="submit" size="sm" variant="primary" busy={state.isPending}>
            Engage agents
          </Button>
        )}
      </div>
    </form>
  );
}
