import type { ChangeScope, ReviewFiles, Task } from '@thalogos/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { useReview } from './review-state.ts';
import { FIRST_LINES, type LoadPatches, type PatchWish } from './use-patches.ts';

/** The changed files of a task's result as the person wants to see them; kept by tree, so that a verdict names what is on the screen. */
export function useChanges(task: Task | undefined, since: ChangeScope, isWanted = true) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const whitespace = useReview((state) => state.whitespace);
  const input = { task: task?.id ?? '', since, whitespace, first: FIRST_LINES };
  return useQuery({
    queryKey: [...trpc.changes.files.queryKey(input), task?.tree ?? null],
    queryFn: () => api.changes.files.query(input),
    enabled: isWanted && task !== undefined && task.result !== null,
    placeholderData: keepPreviousData,
  });
}

/** Reads patches of the files that are listed. */
export function useLoadPatches(
  task: string,
  { tree }: Pick<ReviewFiles, 'tree'>,
  since: ChangeScope,
): LoadPatches {
  const api = useTRPCClient();
  const whitespace = useReview((state) => state.whitespace);
  return useCallback(
    async (wish: PatchWish) => {
      const { patches } = await api.changes.patches.query({
        ...{ task, since, whitespace, tree: tree ?? '' },
        ...wish,
        paths: [...wish.paths],
      });
      return patches;
    },
    [api, task, tree, since, whitespace],
  );
}
