import { useNavigate } from '@tanstack/react-router';
import { chooseProject } from './use-project.ts';

/** Shows another project; what was selected in the one before is not selected in it. */
export function useChooseProject(): (project: string) => void {
  const navigate = useNavigate();
  return (project) => {
    chooseProject(project);
    void navigate({ to: '.', search: {} });
  };
}
