import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/trpc.ts';
import { openConflicts, useConflicts } from '../lib/use-conflicts.ts';
import { useProjectId } from '../lib/use-project.ts';

/** How many things wait in each panel of the rail. */
export function useCounts(): Readonly<Record<string, number>> {
  const trpc = useTRPC();
  const project = useProjectId();
  const enabled = project !== '';
  const decisions = useQuery(trpc.review.decisions.queryOptions({ project }, { enabled }));
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled }));
  const conflicts = openConflicts(useConflicts());
  return {
    inbox: (decisions.data?.decisions.filter((one) => one.state === 'open').length ?? 0) + conflicts.length,
    review: tasks.data?.tasks.filter((one) => one.state === 'review').length ?? 0,
  };
}
