import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { budgetLine } from './plan-budget-view.ts';

/** What the project lets a plan take; nothing until it is known. */
export function PlanBudget() {
  const trpc = useTRPC();
  const project = useProjectId();
  const { data } = useQuery(trpc.projects.settings.queryOptions({ project }, { enabled: project !== '' }));
  return data === undefined ? null : <p className="f12 t3">{budgetLine(data.config.limits)}</p>;
}
