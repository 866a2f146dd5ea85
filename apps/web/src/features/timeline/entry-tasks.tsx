import type { Task, TimelineEntry } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Redo2 } from 'lucide-react';
import { formatNoun } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { redoneAs, undoneIn } from './timeline-view.ts';
import { useRedo } from './use-redo.ts';

interface RowProps {
  readonly task: TimelineEntry['tasks'][number];
  readonly again: Task | null;
  readonly canRedo: boolean;
  readonly redo: ReturnType<typeof useRedo>;
}

function Row({ task, again, canRedo, redo }: RowProps) {
  const block = useWriteBlock();
  return (
    <li>
      <AgentDisc name={task.agent} size="sm" />
      <Link to="/tasks/$task" params={{ task: task.id }} className="link cut">
        {task.title}
      </Link>
      <span className="grow" />
      {again !== null && (
        <Link to="/tasks/$task" params={{ task: again.id }} className="row f12 timeline-again">
          <span className="t3">done again:</span> <StateWord state={again.state} />
        </Link>
      )}
      {canRedo && again === null && (
        <Button
          size="sm"
          busy={redo.isBusy(task.id)}
          disabledBecause={block}
          aria-label={`Redo ${task.title}`}
          onClick={() => redo.start([task.id])}
        >
          <Redo2 size={12} aria-hidden /> Redo
        </Button>
      )}
    </li>
  );
}

function titleOf(entry: TimelineEntry): string {
  if (entry.kind === 'restore') return 'Undone by it';
  return entry.kind === 'failed' ? 'What should have been saved' : 'Tasks';
}

/** The tasks of an entry; those whose work a restore took off main can be done again, one by one or all at once. */
export function EntryTasks({
  project,
  entry,
  entries,
}: {
  readonly project: string;
  readonly entry: TimelineEntry;
  readonly entries: readonly TimelineEntry[];
}) {
  const trpc = useTRPC();
  const block = useWriteBlock();
  const redo = useRedo(project);
  const { data } = useQuery(trpc.tasks.list.queryOptions({ project }));
  const { listed, redoable } = undoneIn(entries, entry);
  const againOf = (id: string) => redoneAs(data?.tasks ?? [], id);
  const open = listed.filter((task) => redoable.has(task.id) && againOf(task.id) === null);
  if (listed.length === 0) return null;
  return (
    <section aria-label={titleOf(entry)}>
      <header className="row timeline-tasks-head">
        <h3 className="label grow">{titleOf(entry)}</h3>
        {open.length > 1 && (
          <Button
            size="sm"
            busy={redo.isBusy()}
            disabledBecause={block}
            onClick={() => redo.start(open.map((task) => task.id))}
          >
            <Redo2 size={12} aria-hidden /> Redo all {open.length}
          </Button>
        )}
      </header>
      <ul className="timeline-tasks">
        {listed.map((task) => (
          <Row
            key={task.id}
            task={task}
            again={againOf(task.id)}
            canRedo={redoable.has(task.id)}
            redo={redo}
          />
        ))}
      </ul>
      {open.length > 0 && (
        <p className="f11 t3">
          {formatNoun(open.length, 'task is', 'tasks are')} off main now. Doing one again starts a new task
          with the old wish and the old change as context; it is reviewed like any other.
        </p>
      )}
    </section>
  );
}
