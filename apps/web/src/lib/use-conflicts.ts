import type { ConflictList } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from './trpc.ts';
import { useProjectId } from './use-project.ts';

/** One conflict with its solution, if it has one. */
export type ListedConflict = ConflictList['conflicts'][number];

const NONE: readonly ListedConflict[] = [];

/** The conflicts of the project that the console shows; none while they are being asked for. */
export function useConflicts(): readonly ListedConflict[] {
  const trpc = useTRPC();
  const project = useProjectId();
  const list = useQuery(trpc.conflicts.list.queryOptions({ project }, { enabled: project !== '' }));
  return list.data?.conflicts ?? NONE;
}

/** The conflicts that nobody has settled. */
export function openConflicts(conflicts: readonly ListedConflict[]): readonly ListedConflict[] {
  return conflicts.filter((one) => one.resolution === null);
}
