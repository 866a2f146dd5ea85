import type { TimelineDetail, TimelineEntry } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Redo2 } from 'lucide-react';
import { formatNoun } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { TaskAgain } from './task-again.tsx';
import { redoneAs } from './timeline-view.ts';
import { useRedo } from './use-redo.ts';

function titleOf(entry: TimelineEntry): string {
  if (entry.kind === 'restore') return 'Undone by it';
  return entry.kind === 'failed' ? 'What should have been saved' : 'Tasks';
}

/** The tasks of an entry; those whose work a restore took off main can be done again, one by one or all at once. */
export function EntryTasks({
  project,
  detail,
}: {
  readonly project: string;
  readonly detail: TimelineDetail;
}) {
  const trpc = useTRPC();
  const block = useWriteBlock();
  const redo = useRedo(project);
  const { data } = useQuery(trpc.tasks.list.queryOptions({ project }));
  const { entry, tasks } = detail;
  const againOf = (id: string) => redoneAs(data?.tasks ?? [], id);
  const open = tasks.filter((task) => task.isUndone && againOf(task.id) === null);
  if (tasks.length === 0) return null;
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
        {tasks.map((task) => (
          <TaskAgain key={task.id} task={task} again={againOf(task.id)} canRedo={task.isUndone} redo={redo} />
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
