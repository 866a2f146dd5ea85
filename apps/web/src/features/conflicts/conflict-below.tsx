import type { ConflictDetail } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { formatAgo } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { editWhole } from './conflict-draft-state.ts';

function Remembered({ detail }: { readonly detail: ConflictDetail }) {
  const now = useNow('half-minute');
  const [isShown, setShown] = useState(false);
  const { remembered } = detail;
  if (detail.resolution !== null)
    return <p className="f12 t2">Kept now: where the same lines meet again, this solution is offered.</p>;
  if (remembered === null)
    return <p className="f12 t3">Never: this is the first time that these lines meet.</p>;
  const use = () => {
    editWhole(detail.id, remembered.content);
    setShown(false);
  };
  return (
    <>
      <p className="f12 t2">
        {remembered.by} settled the same lines {formatAgo(remembered.at, now)}. It is offered, never taken by
        itself.
      </p>
      <span className="row">
        <Button size="sm" onClick={() => setShown(true)}>
          Show it
        </Button>
        <Button size="sm" onClick={use}>
          Use it
        </Button>
      </span>
      <Dialog isOpen={isShown} onClose={() => setShown(false)} title="As it was settled before" isWide>
        <CodeBlock text={remembered.content} label={detail.path} maxHeight={480} />
      </Dialog>
    </>
  );
}

function Asked({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const task = useQuery(trpc.tasks.get.queryOptions({ task: id })).data?.task;
  const inReview = task?.state === 'review' || task?.state === 'approved';
  return (
    <>
      <p className="f12 t2 row">
        <span className="cut">{task?.agent ?? 'An agent'} proposes a solution</span>
        {task !== undefined && <StateWord state={task.state} />}
      </p>
      <span className="row">
        <Link to={inReview ? '/review/$task' : '/tasks/$task'} params={{ task: id }} className="btn btn-sm">
          {inReview ? 'Review the proposal' : 'See what it does'}
        </Link>
      </span>
    </>
  );
}

function Proposal({ detail }: { readonly detail: ConflictDetail }) {
  if (detail.proposal !== null) return <Asked id={detail.proposal.task} />;
  if (detail.resolution !== null) return <p className="f12 t2">Nobody was asked for one.</p>;
  return (
    <p className="f12 t2">
      An agent can be asked. What it proposes is a task like any other: you review it before it counts.
    </p>
  );
}

/** Beside the choice: how it was settled before, what an agent proposes, and what comes next. */
export function ConflictBelow({ detail }: { readonly detail: ConflictDetail }) {
  return (
    <section className="conflict-below" aria-label="About the solution">
      <div>
        <h2 className="label">Solved before</h2>
        <Remembered detail={detail} />
      </div>
      <div>
        <h2 className="label">Proposal</h2>
        <Proposal detail={detail} />
      </div>
      <div>
        <h2 className="label">Then</h2>
        <p className="f12 t2">
          Both tasks can enter one Save with this result. Its checks run on exactly that, and the merge says
          who decided.
        </p>
      </div>
    </section>
  );
}
