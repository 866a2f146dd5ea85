import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileWarning } from 'lucide-react';
import { useTRPC } from '../lib/trpc.ts';
import { useProjectId } from '../lib/use-project.ts';
import { Note } from './note.tsx';
import { sayProblems } from './say-problems.ts';

/** A project file with an error holds every task and every Save back, so it is said on every panel. */
export function ProblemNote() {
  const trpc = useTRPC();
  const project = useProjectId();
  const { data } = useQuery(trpc.projects.settings.queryOptions({ project }, { enabled: project !== '' }));
  const said = sayProblems(data?.problems ?? []);
  if (said === null) return null;
  return (
    <Note tone="amber">
      <FileWarning size={14} aria-hidden />
      <b>Tasks and Saves wait for the project file.</b>
      <span className="t2 cut" title={said}>
        {said}
      </span>
      <span className="grow" />
      <Link to="/settings" className="btn btn-sm">
        Show it
      </Link>
    </Note>
  );
}
