import type { Goal, SavePreview, Task } from '@thalogos/contracts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { type GraphTask, type GraphView, graphTask, graphView } from './graph-view.ts';

const NO_TASKS: readonly GraphTask[] = [];
const NO_PAIRS: SavePreview['pairs'] = [];

const shapeOf = ({ tasks }: { readonly tasks: readonly Task[] }) => tasks.map(graphTask);

function useGoals(tasks: readonly GraphTask[]): readonly Goal[] {
  const trpc = useTRPC();
  const sessions = [...new Set(tasks.map((task) => task.session))];
  return useQueries({
    queries: sessions.map((session) => trpc.planning.goals.queryOptions({ session })),
    combine: (answers) => answers.flatMap((answer) => answer.data?.goals ?? []),
  });
}

/** The graph of the project as it stands, and the query it hangs on. */
export function useGraph(): {
  readonly view: GraphView;
  readonly tasks: readonly GraphTask[];
  readonly query: { data: unknown; error: unknown; refetch(): unknown };
} {
  const trpc = useTRPC();
  const project = useProjectId();
  // A new last line is no new graph: only what its shape depends on is looked at here.
  const query = useQuery(trpc.tasks.list.queryOptions({ project }, { select: shapeOf }));
  const preview = useQuery(trpc.saves.preview.queryOptions({ project }));
  const tasks = query.data ?? NO_TASKS;
  const pairs = preview.data?.pairs ?? NO_PAIRS;
  const goals = useGoals(tasks);
  const view = useMemo(() => graphView({ tasks, goals, pairs }), [tasks, goals, pairs]);
  return { view, tasks, query };
}
