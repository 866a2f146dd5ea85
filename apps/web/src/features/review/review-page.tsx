import './review.css';
import type { ChangeScope, Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAddressPart } from '../../lib/use-address-part.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { EmptyState, ShowQuery, Skeleton } from '../../ui/panel-states.tsx';
import { ReviewScreen } from './review-screen.tsx';
import { useChanges } from './use-changes.ts';

function Change({ task }: { readonly task: Task }) {
  const [since, setSince] = useState<ChangeScope>('base');
  const changes = useChanges(task, since);
  return (
    <ShowQuery
      query={changes}
      what="The change could not be read."
      skeleton={<Skeleton widths={[40, 90, 80, 85, 60]} />}
    >
      {(data) => <ReviewScreen task={task} changes={data} since={since} onSince={setSince} />}
    </ShowQuery>
  );
}

function Review({ task: id }: { readonly task: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.tasks.get.queryOptions({ task: id }));
  return (
    <ShowQuery query={query} what="The task could not be read.">
      {({ task }) =>
        task.result === null ? (
          <EmptyState
            sentence="This task has no result to look at yet."
            action={
              <Link to="/tasks/$task" params={{ task: id }} className="btn">
                See what it does
              </Link>
            }
          />
        ) : (
          <Change task={task} />
        )
      }
    </ShowQuery>
  );
}

/** One change under review. */
export function ReviewPage() {
  const task = useAddressPart('task') ?? '';
  return <Review key={task} task={task} />;
}
