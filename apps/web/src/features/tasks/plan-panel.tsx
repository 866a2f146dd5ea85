import type { Task } from '@thalogos/contracts';
import { StateIcon } from '../../ui/state-icon.tsx';
import type { StateLook } from '../../ui/task-look.ts';

const looks: Readonly<Record<Task['plan'][number]['status'], StateLook>> = {
  pending: 'queued',
  active: 'running',
  done: 'ready',
};

/** The steps of the agent's own plan. */
export function PlanPanel({ plan }: { readonly plan: Task['plan'] }) {
  return (
    <ol className="task-steps">
      {plan.map((step, index) => (
        <li key={`${index} ${step.text}`} data-status={step.status}>
          <StateIcon look={looks[step.status]} size={14} />
          <span>
            {step.text}
            <span className="sr">, {step.status}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
