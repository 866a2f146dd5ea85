import type { Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';

const indexes = new WeakMap<readonly Task[], ReadonlyMap<string, Task>>();

function indexOf(tasks: readonly Task[]): ReadonlyMap<string, Task> {
  const known = indexes.get(tasks);
  if (known !== undefined) return known;
  const index = new Map(tasks.map((task) => [task.id, task]));
  indexes.set(tasks, index);
  return index;
}

const NONE: readonly Task[] = [];

/** Every task of the project, with its newest line. */
export function useTasks(): readonly Task[] {
  const trpc = useTRPC();
  const project = useProjectId();
  return useQuery(trpc.tasks.list.queryOptions({ project })).data?.tasks ?? NONE;
}

/** One task of the list, so that a node is drawn again only when its own task changes. */
export function useTask(id: string): Task | undefined {
  const trpc = useTRPC();
  const project = useProjectId();
  return useQuery(
    trpc.tasks.list.queryOptions({ project }, { select: ({ tasks }) => indexOf(tasks).get(id) }),
  ).data;
}

/** Whether an agent is contained on this machine, and what it may do without asking. */
export function useAgentFacts(agent: string) {
  const trpc = useTRPC();
  return useQuery(
    trpc.agents.list.queryOptions(undefined, {
      select: ({ agents }) => agents.find((one) => one.name === agent),
    }),
  ).data;
}
