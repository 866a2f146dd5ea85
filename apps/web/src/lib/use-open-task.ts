import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useIsNarrow, useIsPane } from './use-is-narrow.ts';
import { useSelectTask } from './use-selected-task.ts';

/** Shows a task: beside the panel where there is room, on its own page where there is not. */
export function useOpenTask(): (task: string) => void {
  const isNarrow = useIsNarrow();
  const isPane = useIsPane();
  const navigate = useNavigate();
  const select = useSelectTask();
  return useCallback(
    (task) => {
      if (isNarrow || isPane) void navigate({ to: '/tasks/$task', params: { task } });
      else select(task);
    },
    [isNarrow, isPane, navigate, select],
  );
}
