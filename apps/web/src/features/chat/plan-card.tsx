import './plan.css';
import type { Goal, Task } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { goalTitle } from '../../ui/goal-title.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { toastError } from '../../ui/toast.tsx';
import { agentsLine } from './plan-budget-view.ts';
import { PlanBudget } from './plan-budget.tsx';
import { planEdit, type PlanItem, planProblem } from './plan-draft.ts';
import { PlanGraph } from './plan-graph.tsx';
import { PlanRow } from './plan-row.tsx';
import { type PlanEditing, usePlanDraft } from './use-plan-draft.ts';

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

/** Whose plan it is, why it is not a model's where one was asked for, who does it and what it may take. */
function PlanSource({ goal, items }: { readonly goal: Goal; readonly items: readonly PlanItem[] }) {
  const whose = goal.planner === 'plain' ? 'the plain planner' : goal.planner;
  return (
    <p className="f12 t2">
      {formatNoun(items.length, 'task')} by {whose}. Nothing starts before you say so.
      <span className="plan-card-note">{agentsLine(items)}</span>
      {goal.note != null && <span className="plan-card-note">{goal.note}</span>}
      {goal.attachments !== undefined && (
        <span className="plan-card-note">
          Each agent is given {goal.attachments.map(({ name }) => name).join(', ')} to read.
        </span>
      )}
    </p>
  );
}

function Rows({ editing, ...open }: { readonly editing: PlanEditing } & Opened) {
  const trpc = useTRPC();
  const agents = useQuery(trpc.agents.list.queryOptions());
  const roles = useQuery(trpc.planning.roles.queryOptions());
  const { items } = editing;
  return (
    <ol>
      {items.map((item, index) => (
        <PlanRow
          key={item.id}
          item={item}
          number={index + 1}
          items={items}
          agents={agents.data?.agents ?? []}
          roles={roles.data?.roles ?? []}
          isOpen={open.isOpen(item)}
          onOpen={(isOpen) => open.setOpen(item.id, isOpen)}
          onChange={(change) => editing.change(item.id, change)}
          onToggle={() => editing.toggle(item.id)}
          onMove={(by) => editing.move(item.id, by)}
          onWait={(from, waits) => (waits ? editing.draw : editing.erase)({ from, to: item.id })}
        />
      ))}
    </ol>
  );
}

interface Opened {
  readonly isOpen: (item: PlanItem) => boolean;
  readonly setOpen: (id: string, isOpen: boolean) => void;
}

/** Which tasks are laid open; one that was just added is. */
function useOpened(): Opened {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  return {
    isOpen: ({ id, isAdded }) => opened.get(id) ?? isAdded,
    setOpen: (id, isOpen) => setOpened((now) => new Map(now).set(id, isOpen)),
  };
}

function Foot({
  goal,
  tasks,
  editing,
}: {
  readonly goal: Goal;
  readonly tasks: readonly Task[];
  readonly editing: PlanEditing;
}) {
  const block = useWriteBlock();
  const { accept, drop } = usePlanMutations();
  const { draft, items, refused } = editing;
  const kept = items.filter(({ isDropped }) => !isDropped);
  const why = block ?? planProblem(items);
  return (
    <footer className="plan-card-foot">
      <Button variant="ghost" onClick={editing.add}>
        Add a task
      </Button>
      <IconButton
        label="Undo"
        keys="mod+z"
        disabledBecause={editing.canUndo ? null : 'Nothing was changed.'}
        onClick={editing.undo}
      >
        <Undo2 size={14} aria-hidden />
      </IconButton>
      <IconButton
        label="Redo"
        keys="mod+shift+z"
        disabledBecause={editing.canRedo ? null : 'Nothing was undone.'}
        onClick={editing.redo}
      >
        <Redo2 size={14} aria-hidden />
      </IconButton>
      <span className={classes('f12 grow', refused === null ? 't3' : 'field-problem')} role="status">
        {refused ?? why ?? ''}
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
  );
}

/** A proposed plan: look, change what is to be done, by whom, after what and in which order, then start or drop it. */
export function PlanCard({ goal, tasks }: { readonly goal: Goal; readonly tasks: readonly Task[] }) {
  const editing = usePlanDraft(tasks);
  const opened = useOpened();
  const { items } = editing;
  return (
    <section
      className="plan-card"
      aria-label={`Plan of ${goalTitle(goal.text)}`}
      onKeyDown={editing.onKeyDown}
    >
      <header className="plan-card-head">
        <AgentDisc name="Guide" size="lg" />
        <div className="grow">
          <h2>{goalTitle(goal.text)}</h2>
          <PlanSource goal={goal} items={items} />
          <PlanBudget />
        </div>
      </header>
      {items.length > 1 && (
        <PlanGraph
          items={items}
          onDraw={editing.draw}
          onErase={editing.erase}
          onToggle={editing.toggle}
          onMove={editing.move}
          onOpen={(id) => opened.setOpen(id, true)}
        />
      )}
      <Rows editing={editing} {...opened} />
      <Foot goal={goal} tasks={tasks} editing={editing} />
    </section>
  );
}
