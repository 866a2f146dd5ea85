import { useCallback } from 'react';
import { setInterface } from './interface-state.ts';
import {
  type ChooseInAddress,
  useAddressChoice,
  useChooseInAddress,
  useIsChosen,
} from './use-address-choice.ts';

/** The name in the address of the task that the inspector shows. */
const NAME = 'task';

/** Chooses the task that the inspector shows; that also opens the inspector. The function stays the same. */
export function useSelectTask(): ChooseInAddress {
  const choose = useChooseInAddress(NAME);
  return useCallback(
    (task, how) => {
      if (task !== null) setInterface({ isInspectorOpen: true });
      choose(task, how);
    },
    [choose],
  );
}

/** The task that the inspector shows: `?task=` of the address. */
export function useSelectedTask(): string | null {
  return useAddressChoice(NAME)[0];
}

/** Whether the inspector shows this task. */
export function useIsSelectedTask(task: string): boolean {
  return useIsChosen(NAME, task);
}
