import './review.css';
import type { Task } from '@thalogos/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { formatAgo, formatNoun } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useListKeys } from '../../lib/use-list-keys.ts';
import { useNow } from '../../lib/use-now.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { toastError } from '../../ui/toast.tsx';

function Row({ task }: { readonly task: Task }) {
  const now = useNow('half-minute');
  return (
    <Link to="/review/$task" params={{ task: task.id }} className="review-list-row" data-item>
      <AgentDisc name={task.agent} size="lg" />
      <span className="grow">
        <b className="cut">{task.title}</b>
        <span className="row f12 t3">
          <StateWord state={task.state} />
          <LineCounts added={task.files.added} removed={task.files.removed} />
          <span>{formatNoun(task.files.changed, 'file')}</span>
        </span>
      </span>
      <span className="mono f11 t3">{formatAgo(task.since, now)}</span>
    </Link>
  );
}

/** Approves several results at once; they are named before it is done. */
function ApproveAll({ tasks }: { readonly tasks: readonly Task[] }) {
  const trpc = useTRPC();
  const project = useProjectId();
  const block = useWriteBlock();
  const [isOpen, setOpen] = useState(false);
  const approve = useMutation(
    trpc.review.approve.mutationOptions({
      onSuccess: () => setOpen(false),
      onError: (error) => toastError('Nothing was approved.', error),
    }),
  );
  const named = tasks.flatMap((task) => (task.tree === null ? [] : [{ task: task.id, tree: task.tree }]));
  const foot = (
    <>
      <Button variant="ghost" onClick={() => setOpen(false)}>
        Not yet
      </Button>
      <Button
        variant="primary"
        busy={approve.isPending}
        disabledBecause={block}
        onClick={() => approve.mutate({ project, tasks: named, all: false })}
      >
        Approve {formatNoun(named.length, 'result')}
      </Button>
    </>
  );
  return (
    <>
      <Button disabledBecause={block} onClick={() => setOpen(true)}>
        Approve all {tasks.length}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Approve these results as they are now?"
        foot={foot}
      >
        <ul className="review-dialog">
          {tasks.map((task) => (
            <li key={task.id} className="row">
              <AgentDisc name={task.agent} size="sm" />
              <span className="grow cut">{task.title}</span>
              <LineCounts added={task.files.added} removed={task.files.removed} />
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}

/** Results that wait to be looked at, oldest first. */
export function ReviewListPage() {
  const trpc = useTRPC();
  const project = useProjectId();
  const box = useRef<HTMLDivElement>(null);
  const query = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled: project !== '' }));
  useListKeys(box);
  return (
    <div className="page" ref={box}>
      <ShowQuery query={query} what="The tasks could not be read.">
        {({ tasks }) => {
          const waiting = tasks
            .filter((task) => task.state === 'review')
            .toSorted((a, b) => a.since - b.since);
          const approved = tasks.filter((task) => task.state === 'approved');
          return (
            <div className="review-list">
              <header className="row">
                <h1 className="grow">Review</h1>
                {waiting.length > 1 && <ApproveAll tasks={waiting} />}
              </header>
              {waiting.length === 0 && (
                <EmptyState
                  sentence={
                    approved.length > 0
                      ? `Nothing waits for review; ${formatNoun(approved.length, 'task')} can be saved.`
                      : 'Nothing waits for review.'
                  }
                  action={
                    <Link to={approved.length > 0 ? '/save' : '/graph'} className="btn">
                      {approved.length > 0 ? 'Look at the Save' : 'Watch the agents'}
                    </Link>
                  }
                />
              )}
              {waiting.map((task) => (
                <Row key={task.id} task={task} />
              ))}
              {approved.length > 0 && <h2 className="label">Approved, enters the next Save</h2>}
              {approved.map((task) => (
                <Row key={task.id} task={task} />
              ))}
            </div>
          );
        }}
      </ShowQuery>
    </div>
  );
}
