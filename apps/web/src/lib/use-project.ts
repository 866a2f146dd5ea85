import { useQuery } from '@tanstack/react-query';
import { setInterface, useInterface } from './interface-state.ts';
import { useTRPC } from './trpc.ts';

/** The projects, newest first, and the one that the console shows; `project` is null while loading and where there is none. */
export function useProjects() {
  const trpc = useTRPC();
  const query = useQuery(trpc.projects.list.queryOptions());
  const chosen = useInterface((state) => state.project);
  const projects = query.data?.projects ?? [];
  const project =
    projects.find((one) => one.id === chosen) ??
    projects.toSorted((a, b) => b.registeredAt - a.registeredAt)[0] ??
    null;
  return { query, projects, project };
}

/** Shows another project. */
export function chooseProject(project: string): void {
  setInterface({ project });
}

/** The id of the project that the console shows. Only below the shell's guard, where there always is one. */
export function useProjectId(): string {
  return useProjects().project?.id ?? '';
}
