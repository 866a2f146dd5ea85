import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Sparkle } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { changeDraft } from '../lib/draft-state.ts';
import { formatNoun } from '../lib/format.ts';
import { useWriteBlock } from '../lib/live-state.ts';
import { newOnce } from '../lib/new-once.ts';
import { useTRPC } from '../lib/trpc.ts';
import { useKey } from '../lib/use-key.ts';
import { useProjectId } from '../lib/use-project.ts';
import { Button } from '../ui/button.tsx';
import { goalTitle } from '../ui/goal-title.ts';
import { toast, toastError } from '../ui/toast.tsx';
import { Keys } from './keys.tsx';

function useOpenSession(project: string) {
  const trpc = useTRPC();
  const sessions = useQuery(trpc.sessions.list.queryOptions({ project }, { enabled: project !== '' }));
  return sessions.data?.sessions.find((one) => one.state !== 'finalized');
}

function useGoalHint(project: string): string {
  const trpc = useTRPC();
  const session = useOpenSession(project);
  const goals = useQuery(
    trpc.planning.goals.queryOptions({ session: session?.id ?? '' }, { enabled: session !== undefined }),
  );
  const goal = goals.data?.goals.findLast((one) => one.state === 'accepted');
  const title = goal === undefined ? '' : goalTitle(goal.text);
  return title === '' ? 'State a goal for the swarm' : `Now: ${title}`;
}

/** The name of the act: the same until it is known to have arrived, so that a goal whose answer was lost is not stated twice. */
function useOnce() {
  const named = useRef<{ readonly text: string; readonly once: string } | null>(null);
  return {
    nameOf: (text: string) => {
      if (named.current?.text !== text) named.current = { text, once: newOnce() };
      return named.current.once;
    },
    arrived: () => {
      named.current = null;
    },
  };
}

/** Files need more room than the bar has: they go to the composer with what was typed, to be looked at there. */
function useTakeFiles(project: string, text: string, onTaken: () => void) {
  const navigate = useNavigate();
  const place = useOpenSession(project)?.id ?? project;
  const block = useWriteBlock();
  return (event: { preventDefault(): void }, { files }: { readonly files: FileList }) => {
    if (files.length === 0) return;
    event.preventDefault();
    if (block !== null || project === '') return;
    const taken = [...files];
    if (text !== '')
      changeDraft(place, (draft) => ({ text: draft.text === '' ? text : `${draft.text}\n${text}` }));
    onTaken();
    void import('../features/chat/uploads.ts').then(({ addFiles }) => addFiles({ place, project }, taken));
    void navigate({ to: '/' });
  };
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
  const once = useOnce();
  const takeFiles = useTakeFiles(project, text, () => setText(''));
  const hint = useGoalHint(project);
  useKey('goal', () => input.current?.focus());
  const state = useMutation(
    trpc.planning.state.mutationOptions({
      onSuccess: async (stated) => {
        once.arrived();
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
      state.mutate({ project, text, planOnly: true, approve: false, once: once.nameOf(text) });
    }
  };
  return (
    <form
      className="bar-goal"
      role="search"
      aria-label="Goal"
      onSubmit={submit}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={(event) => takeFiles(event, event.dataTransfer)}
    >
      <div className="goal-bar" title={block ?? hint}>
        <Sparkle size={16} aria-hidden />
        <input
          ref={input}
          value={text}
          placeholder={block ?? hint}
          aria-label="State a goal"
          readOnly={block !== null}
          onChange={(event) => setText(event.target.value)}
          onPaste={(event) => takeFiles(event, event.clipboardData)}
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
