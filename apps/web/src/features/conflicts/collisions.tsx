import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { collisionsOf, type ConflictRow } from './conflict-view.ts';

/** Results that would collide if they were saved together now; they can be settled once both are approved. */
export function Collisions({ conflicts }: { readonly conflicts: readonly ConflictRow[] }) {
  const trpc = useTRPC();
  const project = useProjectId();
  const enabled = project !== '';
  const preview = useQuery(trpc.saves.preview.queryOptions({ project }, { enabled }));
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled }));
  const coming = preview.data === undefined ? [] : collisionsOf(preview.data, conflicts);
  if (coming.length === 0) return null;
  const name = (id: string | null) =>
    id === null ? (
      'what is on main'
    ) : (
      <Link to="/review/$task" params={{ task: id }} className="link">
        {tasks.data?.tasks.find((task) => task.id === id)?.title ?? id}
      </Link>
    );
  return (
    <section className="col" aria-label="Would collide">
      <h2 className="label">Would collide, and can be settled once both are approved</h2>
      <ul className="conflict-settled">
        {coming.map(({ key, tasks: [one, other], files }) => (
          <li key={key}>
            <span>
              {name(one)} and {name(other)}
            </span>
            <span className="mono f11 t3 cut" title={files.join(', ')}>
              {files.join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
