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

/** The conflict between two tasks, the open one first; undefined where nothing of theirs collides. */
export function conflictBetween(
  conflicts: readonly ListedConflict[],
  a: string,
  b: string,
): ListedConflict | undefined {
  const both = conflicts.filter(({ ours, theirs }) =>
    [ours.task, theirs.task].every((task) => task === a || task === b),
  );
  return openConflicts(both)[0] ?? both[0];
}

/** The open conflicts that one task is part of. */
export function conflictsOf(conflicts: readonly ListedConflict[], task: string): readonly ListedConflict[] {
  return openConflicts(conflicts).filter(({ ours, theirs }) => ours.task === task || theirs.task === task);
}
