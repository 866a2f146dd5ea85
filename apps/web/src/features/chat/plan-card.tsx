import type { Goal, Task } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { toastError } from '../../ui/toast.tsx';
import { PlanDrawing } from './plan-drawing.tsx';
import { PlanRow } from './plan-row.tsx';
import { assignAgent, goalTitle, orphans, planEdit, toggleDrop, UNCHANGED } from './plan-view.ts';

function usePlanMutations() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const after = (what: string) => ({
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: trpc.planning.goals.pathKey() });
      await client.invalidateQueries({ queryKey: trpc.tasks.list.pathKey() });
    },
    onError: (error: unknown) => toastError(what, error),
  });
  return {
    accept: useMutation(trpc.planning.accept.mutationOptions(after('The plan was not started.'))),
    drop: useMutation(trpc.planning.drop.mutationOptions(after('The plan was not dropped.'))),
  };
}

/** A proposed plan: look, change who does what, leave tasks out, then start it or drop it. Nothing runs before that. */
export function PlanCard({ goal, tasks }: { readonly goal: Goal; readonly tasks: readonly Task[] }) {
  const trpc = useTRPC();
  const block = useWriteBlock();
  const agents = useQuery(trpc.agents.list.queryOptions());
  const [draft, setDraft] = useState(UNCHANGED);
  const { accept, drop } = usePlanMutations();
  const kept = tasks.filter((task) => !draft.dropped.has(task.id));
  const lost = orphans(tasks, draft);
  const numberOf = (id: string) => tasks.findIndex((task) => task.id === id) + 1;
  const why =
    block ??
    (kept.length === 0
      ? 'Nothing is left in the plan.'
      : lost.length > 0
        ? 'A task waits for one that is left out.'
        : null);
  return (
    <section className="plan-card" aria-label={`Plan of ${goalTitle(goal.text)}`}>
      <header className="plan-card-head">
        <AgentDisc name="Guide" size="lg" />
        <div className="grow">
          <h2>{goalTitle(goal.text)}</h2>
          <p className="f12 t2">
            {formatNoun(tasks.length, 'task')} by the {goal.planner} planner. Nothing starts before you say
            so.
          </p>
        </div>
        {tasks.length > 0 && (
          <div className="plan-card-drawing">
            <PlanDrawing tasks={tasks} dropped={draft.dropped} />
          </div>
        )}
      </header>
      <ol>
        {tasks.map((task, index) => (
          <PlanRow
            key={task.id}
            task={task}
            number={index + 1}
            after={task.after.map(numberOf).filter((number) => number > 0)}
            agent={draft.agents.get(task.id) ?? task.agent}
            agents={agents.data?.agents ?? []}
            isDropped={draft.dropped.has(task.id)}
            onAssign={(agent) => setDraft(assignAgent(draft, task.id, agent))}
            onToggle={() => setDraft(toggleDrop(draft, task.id))}
          />
        ))}
      </ol>
      <footer className="plan-card-foot">
        <span className="f12 t3 grow">
          {lost.length > 0
            ? `${lost.map((task) => task.title).join(', ')}: waits for a task that is left out.`
            : (why ?? '')}
        </span>
        <Button
          variant="ghost"
          busy={drop.isPending}
          disabledBecause={block}
          onClick={() => drop.mutate({ goal: goal.id })}
        >
          Drop the plan
        </Button>
        <Button
          variant="primary"
          busy={accept.isPending}
          disabledBecause={why}
          onClick={() => accept.mutate(planEdit(goal.id, tasks, draft))}
        >
          Start {formatNoun(kept.length, 'task')}
        </Button>
      </footer>
    </section>
  );
}
