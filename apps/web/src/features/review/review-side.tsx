import type { SavePreview, Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatElapsed, formatNoun, formatOid, formatTokens, formatUsd } from '../../lib/format.ts';
import { conflictBetween, useConflicts } from '../../lib/use-conflicts.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';

const known = {
  passed: { look: 'ready', word: 'passed on this tree before' },
  failed: { look: 'failed', word: 'failed on this tree before' },
  unknown: { look: 'queued', word: 'runs when you save' },
} as const;

function Checks({ task, preview }: { readonly task: Task; readonly preview: SavePreview }) {
  return (
    <section>
      <h2>Checks{task.tree !== null && <span className="t3">, tree {formatOid(task.tree)}</span>}</h2>
      {preview.checks.length === 0 && (
        <p className="t2">This project has none: what is saved counts as unverified.</p>
      )}
      <ul>
        {preview.checks.map((check) => (
          <li key={check.name}>
            <StateIcon look={known[check.known].look} size={14} />
            <span className="grow cut">{check.name}</span>
            <span className="mono f11 t3">{known[check.known].word}</span>
          </li>
        ))}
      </ul>
      <p className="t3 f11">Run outside of the agent, on the very tree that would land.</p>
    </section>
  );
}

/** The way to settle a collision; there is one as soon as both results are approved. */
function SettleLink({ between }: { readonly between: readonly [string, string] }) {
  const found = conflictBetween(useConflicts(), ...between);
  if (found === undefined) return null;
  return (
    <Link to="/conflicts/$conflict" params={{ conflict: found.id }} className="link">
      {found.resolution === null ? 'Resolve' : 'Settled'}
    </Link>
  );
}

function Risk({
  task,
  preview,
  tasks,
}: {
  readonly task: Task;
  readonly preview: SavePreview;
  readonly tasks: readonly Task[];
}) {
  const pairs = preview.pairs.filter((pair) => pair.a === task.id || pair.b === task.id);
  const titleOf = (id: string) => tasks.find((one) => one.id === id)?.title ?? id;
  return (
    <section>
      <h2>Risk</h2>
      <ul>
        {pairs.length === 0 && (
          <li>
            <StateIcon look="ready" size={14} /> Conflicts with no other task
          </li>
        )}
        {pairs.map((pair) => (
          <li key={`${pair.a} ${pair.b}`} title={pair.files.join(', ')}>
            <StateIcon look="conflict" size={14} />
            <span>
              Would conflict with {titleOf(pair.a === task.id ? pair.b : pair.a)}{' '}
              <span className="mono t3">{pair.files.join(', ')}</span>
            </span>
            <SettleLink between={[pair.a, pair.b]} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function MadeBy({ task }: { readonly task: Task }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.tasks.get.queryOptions({ task: task.id }));
  const ms = (data?.runs ?? []).reduce(
    (sum, run) => sum + Math.max(0, (run.endedAt ?? run.startedAt) - run.startedAt),
    0,
  );
  const cost =
    task.cost === null
      ? ''
      : `${formatTokens(task.cost.tokens)} tokens${task.cost.usd === null ? '' : `, ${formatUsd(task.cost.usd)}`}`;
  return (
    <section>
      <h2>Made by</h2>
      <span className="row">
        <AgentDisc name={task.agent} />
        <span className="grow">{task.agent}</span>
        <span className="mono f11 t3">{formatNoun(task.runs, 'attempt')}</span>
      </span>
      <span className="row t2">
        <span className="grow">
          {ms > 0 && `${formatElapsed(ms)}, `}
          {cost === '' ? 'cost not told' : cost}
        </span>
        <Link to="/tasks/$task" params={{ task: task.id }} className="link">
          Transcript
        </Link>
      </span>
    </section>
  );
}

/** What the change is for, how it stands with checks and other tasks, and who made it. */
export function ReviewSide({ task }: { readonly task: Task }) {
  const trpc = useTRPC();
  const project = useProjectId();
  const enabled = project !== '';
  const preview = useQuery(trpc.saves.preview.queryOptions({ project }, { enabled }));
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled }));
  const all = tasks.data?.tasks ?? [];
  const before = all.filter((one) => task.after.includes(one.id));
  const later = all.filter((one) => one.after.includes(task.id));
  return (
    <aside className="review-side" aria-label="About this change">
      <section>
        <h2>Intent</h2>
        <MarkedText text={task.text === '' ? task.title : task.text} />
        {before.length > 0 && <p className="t2">Builds on {before.map((one) => one.title).join(', ')}.</p>}
        {later.length > 0 && <p className="t2">{later.map((one) => one.title).join(', ')} build on it.</p>}
      </section>
      {preview.data !== undefined && <Checks task={task} preview={preview.data} />}
      {preview.data !== undefined && <Risk task={task} preview={preview.data} tasks={all} />}
      <MadeBy task={task} />
    </aside>
  );
}
