import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import type { ProjectWish } from './agent-view.ts';

/** What the project on the screen says of its agents; nothing of a file that nobody trusts. */
export function useWishes(): Readonly<Record<string, ProjectWish>> {
  const trpc = useTRPC();
  const project = useProjectId();
  const enabled = project !== '';
  const settings = useQuery(trpc.projects.settings.queryOptions({ project }, { enabled }));
  const trust = useQuery(trpc.projects.trust.queryOptions({ project }, { enabled }));
  return trust.data?.trusted === true ? (settings.data?.config.agents ?? {}) : {};
}
