import type { AgentInfo, Task } from '@thalogos/contracts';
import { classes } from '../../ui/classes.ts';
import { Check } from '../../ui/field.tsx';

interface PlanRowProps {
  readonly task: Task;
  readonly number: number;
  /** Numbers of the tasks that must come first. */
  readonly after: readonly number[];
  readonly agent: string;
  readonly agents: readonly AgentInfo[];
  readonly isDropped: boolean;
  readonly onAssign: (agent: string) => void;
  readonly onToggle: () => void;
}

/** One task of a proposed plan: what waits for what, who does it, in or out. */
export function PlanRow({ task, number, after, agent, agents, isDropped, onAssign, onToggle }: PlanRowProps) {
  const names = [
    ...new Set([agent, task.agent, ...agents.filter((one) => one.installed).map((one) => one.name)]),
  ];
  return (
    <li className={classes('plan-card-task', isDropped && 'plan-card-task-dropped')}>
      <b className="mono t3">{number}</b>
      <span className="grow">
        <span className="plan-card-title">{task.title}</span>
        <span className="mono f11 t3">
          {task.key}
          {after.length > 0 && `, after ${after.join(', ')}`}
        </span>
      </span>
      <select
        aria-label={`Who does ${task.title}`}
        value={agent}
        disabled={isDropped}
        onChange={(event) => onAssign(event.target.value)}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {agents.find((one) => one.name === name)?.title ?? name}
          </option>
        ))}
      </select>
      <Check
        label="In"
        aria-label={`${task.title} is part of the plan`}
        checked={!isDropped}
        onChange={onToggle}
      />
    </li>
  );
}
