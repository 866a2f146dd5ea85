import type { Goal, Task } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { toastError } from '../../ui/toast.tsx';
import {
  addItem,
  changeItem,
  planEdit,
  planItems,
  planProblem,
  toggleDrop,
  UNCHANGED,
} from './plan-draft.ts';
import { PlanDrawing } from './plan-drawing.tsx';
import { PlanRow } from './plan-row.tsx';
import { goalTitle } from '../../ui/goal-title.ts';

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

/** Whose plan it is, and why it is not a model's where one was asked for. */
function PlanSource({ goal, count }: { readonly goal: Goal; readonly count: number }) {
  const whose = goal.planner === 'plain' ? 'the plain planner' : goal.planner;
  return (
    <p className="f12 t2">
      {formatNoun(count, 'task')} by {whose}. Nothing starts before you say so.
      {goal.note != null && <span className="plan-card-note">{goal.note}</span>}
    </p>
  );
}

/** A proposed plan: look, change what is to be done, by whom and after what, leave out or add, then start or drop it. */
export function PlanCard({ goal, tasks }: { readonly goal: Goal; readonly tasks: readonly Task[] }) {
  const trpc = useTRPC();
  const block = useWriteBlock();
  const agents = useQuery(trpc.agents.list.queryOptions());
  const roles = useQuery(trpc.planning.roles.queryOptions());
  const [draft, setDraft] = useState(UNCHANGED);
  const { accept, drop } = usePlanMutations();
  const items = planItems(tasks, draft);
  const kept = items.filter(({ isDropped }) => !isDropped);
  const why = block ?? planProblem(items);
  return (
    <section className="plan-card" aria-label={`Plan of ${goalTitle(goal.text)}`}>
      <header className="plan-card-head">
        <AgentDisc name="Guide" size="lg" />
        <div className="grow">
          <h2>{goalTitle(goal.text)}</h2>
          <PlanSource goal={goal} count={tasks.length} />
        </div>
        {items.length > 0 && (
          // A deep plan scrolls, which must work by keys as well.
          <div className="plan-card-drawing" tabIndex={0}>
            <PlanDrawing tasks={items} dropped={draft.dropped} />
          </div>
        )}
      </header>
      <ol>
        {items.map((item, index) => (
          <PlanRow
            key={item.id}
            item={item}
            number={index + 1}
            items={items}
            agents={agents.data?.agents ?? []}
            roles={roles.data?.roles ?? []}
            onChange={(change) => setDraft((now) => changeItem(now, item.id, change))}
            onToggle={() => setDraft((now) => toggleDrop(now, item.id))}
          />
        ))}
      </ol>
      <footer className="plan-card-foot">
        <Button
          variant="ghost"
          disabledBecause={block}
          onClick={() => setDraft((now) => addItem(now, tasks))}
        >
          Add a task
        </Button>
        <span className="f12 t3 grow">{why ?? ''}</span>
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
