import { createContext, useContext } from 'react';

const TaskContext = createContext<string | null>(null);

/** Tells everything inside which task it belongs to. */
export const TaskProvider = TaskContext.Provider;

/** The task that this is a part of; null outside of one. */
export function useOwnTask(): string | null {
  return useContext(TaskContext);
}
