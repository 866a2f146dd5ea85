import type { UndoneTask } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Redo2 } from 'lucide-react';
import { useState } from 'react';
import { formatNoun, formatSequence } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/field.tsx';
import { EmptyState } from '../../ui/panel-states.tsx';
import { TaskAgain } from './task-again.tsx';
import { redoneAs } from './timeline-view.ts';
import { useRedo } from './use-redo.ts';

/** Every task that restores have taken off main, with what it was; several can be done again at once. */
export function UndonePane({
  project,
  undone,
}: {
  readonly project: string;
  readonly undone: readonly UndoneTask[];
}) {
  const trpc = useTRPC();
  const block = useWriteBlock();
  const redo = useRedo(project);
  const { data } = useQuery(trpc.tasks.list.queryOptions({ project }));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const againOf = (id: string) => redoneAs(data?.tasks ?? [], id);
  const open = undone.filter((task) => againOf(task.id) === null);
  const those = open.filter((task) => chosen.has(task.id)).map(({ id }) => id);
  const toggle = (id: string) =>
    setChosen(chosen.has(id) ? new Set([...chosen].filter((one) => one !== id)) : new Set([...chosen, id]));
  if (undone.length === 0)
    return <EmptyState sentence="Nothing is undone: everything that was saved is on main." />;
  return (
    <section className="timeline-detail" aria-label="Undone tasks">
      <header className="row timeline-tasks-head">
        <div className="grow">
          <h2>Undone tasks</h2>
          <p className="f12 t2">
            Restores took {formatNoun(undone.length, 'task')} off main. Doing one again starts a new task with
            the old wish and the old change as context.
          </p>
        </div>
        <Button
          variant="primary"
          busy={redo.isBusy()}
          disabledBecause={block ?? (those.length === 0 ? 'Choose at least one task.' : null)}
          onClick={() => redo.start(those)}
        >
          <Redo2 size={14} aria-hidden /> Redo {those.length === 0 ? 'chosen' : those.length}
        </Button>
      </header>
      {open.length > 1 && (
        <Check
          label={`All ${open.length}`}
          checked={those.length === open.length}
          onChange={() => setChosen(new Set(those.length === open.length ? [] : open.map(({ id }) => id)))}
        />
      )}
      <ul className="timeline-tasks">
        {undone.map((task) => (
          <TaskAgain
            key={`${task.tag} ${task.id}`}
            task={task}
            again={againOf(task.id)}
            canRedo
            redo={redo}
            before={
              <Check
                label={<span className="sr">Choose {task.title}</span>}
                checked={chosen.has(task.id)}
                disabled={againOf(task.id) !== null}
                onChange={() => toggle(task.id)}
              />
            }
            note={
              <span className="f11 t3 cut">
                saved as {formatSequence(task.tag)}, undone by{' '}
                <Link to="/timeline/$tag" params={{ tag: task.undoneBy }} className="link">
                  {formatSequence(task.undoneBy)}
                </Link>
              </span>
            }
          />
        ))}
      </ul>
    </section>
  );
}
