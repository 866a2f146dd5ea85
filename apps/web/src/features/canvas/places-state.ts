import { create } from 'zustand';
import type { Places } from './lay-out.ts';

/** Where nodes stood last, by project: a graph that is looked at again, or as it was, has them where they were. */
export const usePlacesState = create<{ readonly of: Readonly<Record<string, Places>> }>()(() => ({ of: {} }));

/** Changes where the nodes of a project stand. */
export function setPlacesOf(project: string, change: (old: Places) => Places): void {
  usePlacesState.setState(({ of }) => ({ of: { ...of, [project]: change(of[project] ?? {}) } }));
}
