import type { Task } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { Redo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import type { useRedo } from './use-redo.ts';

interface AgainProps {
  readonly task: { readonly id: string; readonly title: string; readonly agent: string };
  /** The task that does it again, if a person has asked for it. */
  readonly again: Task | null;
  readonly canRedo: boolean;
  readonly redo: ReturnType<typeof useRedo>;
  /** What stands before it, such as a tick box. */
  readonly before?: ReactNode;
  readonly note?: ReactNode;
}

/** A task of the timeline; one whose work is off main can be done again. */
export function TaskAgain({ task, again, canRedo, redo, before, note }: AgainProps) {
  const block = useWriteBlock();
  return (
    <li>
      {before}
      <AgentDisc name={task.agent} size="sm" />
      <Link to="/tasks/$task" params={{ task: task.id }} className="link cut">
        {task.title}
      </Link>
      {note}
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
