import type { AgentChoice, Run, Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatClock, formatElapsed, formatTokens } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { LineCounts } from '../../ui/line-counts.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { ChoicePanel } from './choice-panel.tsx';
import { ContestPanel } from './contest-panel.tsx';

function Ancestors({ task }: { readonly task: Task }) {
  const trpc = useTRPC();
  const project = useProjectId();
  const { data } = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled: project !== '' }));
  const before = (data?.tasks ?? []).filter((one) => task.after.includes(one.id));
  if (before.length === 0) return null;
  return (
    <section>
      <h3>Builds on</h3>
      <ul className="task-runs">
        {before.map((one) => (
          <li key={one.id}>
            <StateWord state={one.state} />
            <Link to="/tasks/$task" params={{ task: one.id }} className="link cut">
              {one.title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which files its planner expected it to touch: a forecast, not a bound. */
function Expected({ files }: { readonly files: NonNullable<Task['predicted']> }) {
  if (files.length === 0) return null;
  return (
    <section>
      <h3>Expected to touch</h3>
      <ul className="f12">
        {files.map(({ path, change, confidence }) => (
          <li key={path} className="row">
            <code className="cut">{path}</code>
            <span className="t3">
              {change}, {Math.round(confidence * 100)} % sure
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the task was asked, what it builds on, and its attempts. */
export function AboutPanel({
  task,
  runs,
  choice,
}: {
  readonly task: Task;
  readonly runs: readonly Run[];
  readonly choice: AgentChoice | null;
}) {
  return (
    <div className="task-about">
      <section className="col">
        <h3>Asked</h3>
        <MarkedText text={task.text === '' ? task.title : task.text} />
      </section>
      <section className="row f12">
        <span className="t3">Result</span>
        <span>{task.files.changed === 0 ? 'nothing changed' : `${task.files.changed} files`}</span>
        {task.files.changed > 0 && <LineCounts added={task.files.added} removed={task.files.removed} />}
        {task.approvedBy !== null && <span className="t3">approved by {task.approvedBy}</span>}
      </section>
      {task.contest !== undefined && <ContestPanel task={task.id} />}
      <Expected files={task.predicted ?? []} />
      <Ancestors task={task} />
      {choice !== null && <ChoicePanel choice={choice} />}
      <section>
        <h3>Attempts</h3>
        <ul className="task-runs">
          {runs.length === 0 && <li className="t3">None yet.</li>}
          {runs.map((run, index) => (
            <li key={run.id}>
              <b>{index + 1}</b>
              <span>{run.end ?? run.state}</span>
              <span className="mono f11 t3">
                {formatClock(run.startedAt)}
                {run.endedAt !== null && `, ${formatElapsed(run.endedAt - run.startedAt)}`}
                {run.cost !== null && `, ${formatTokens(run.cost.tokens)} tokens`}
              </span>
              {run.error !== null && <span className="exit-bad cut">{run.error.message}</span>}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
