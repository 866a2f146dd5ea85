import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';

/** The way to what the project file asks for, where that is not trusted: nothing is saved before it is. */
export function TrustLink() {
  const trpc = useTRPC();
  const project = useProjectId();
  const { data } = useQuery(trpc.projects.trust.queryOptions({ project }, { enabled: project !== '' }));
  if (data === undefined || data.trusted || data.executes.length + data.loosens.length === 0) return null;
  return (
    <Link to="/settings" hash="settings-trust" className="btn btn-lg btn-primary">
      Look at it and trust it
    </Link>
  );
}
