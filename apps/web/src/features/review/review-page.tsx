import './review.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAddressPart } from '../../lib/use-address-part.ts';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { EmptyState, ShowQuery, Skeleton } from '../../ui/panel-states.tsx';
import { ReviewScreen } from './review-screen.tsx';

function Review({ task: id }: { readonly task: string }) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const query = useQuery(trpc.tasks.get.queryOptions({ task: id }));
  const task = query.data?.task;
  // Kept by tree: approving must name the tree that is on the screen, never a later one.
  const diff = useQuery({
    queryKey: [...trpc.review.diff.queryKey({ task: id }), task?.tree ?? null],
    queryFn: () => api.review.diff.query({ task: id }),
    enabled: task !== undefined && task.result !== null,
  });
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
          <ShowQuery
            query={diff}
            what="The diff could not be read."
            skeleton={<Skeleton widths={[40, 90, 80, 85, 60]} />}
          >
            {(data) => <ReviewScreen key={task.tree} task={task} diff={data} tree={task.tree} />}
          </ShowQuery>
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
