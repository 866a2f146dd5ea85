import { useNavigate } from '@tanstack/react-router';
import { Bot, Check, ChevronDown, FolderPlus, GitBranch, Settings } from 'lucide-react';
import { formatOid } from '../lib/format.ts';
import { useChooseProject } from '../lib/use-choose-project.ts';
import { useProjects } from '../lib/use-project.ts';
import { Menu } from '../ui/menu.tsx';

/** Which project is shown, at which branch and commit; its menu switches and adds. */
export function ProjectMenu() {
  const { projects, project } = useProjects();
  const navigate = useNavigate();
  const choose = useChooseProject();
  const entries = [
    ...projects.map((one) => ({
      id: one.id,
      label: one.name,
      icon: one.id === project?.id ? <Check size={14} aria-hidden /> : <span style={{ width: 14 }} />,
      onChoose: () => choose(one.id),
    })),
    {
      id: 'add',
      label: 'Add a repository',
      icon: <FolderPlus size={14} aria-hidden />,
      hasLineBefore: projects.length > 0,
      onChoose: () => void navigate({ to: '/welcome' }),
    },
    {
      id: 'agents',
      label: 'Agents',
      icon: <Bot size={14} aria-hidden />,
      onChoose: () => void navigate({ to: '/agents' }),
    },
    {
      id: 'settings',
      label: 'Settings',
      icon: <Settings size={14} aria-hidden />,
      onChoose: () => void navigate({ to: '/settings' }),
    },
  ];
  const trigger = (
    <button type="button" className="bar-project" title={project?.path}>
      <span className="cut">{project?.name ?? 'No project'}</span>
      <ChevronDown size={12} className="t3" aria-hidden />
      <span className="sr">Switch project</span>
    </button>
  );
  return (
    <>
      <Menu trigger={trigger} entries={entries} label="Projects" align="start" />
      {project !== null && (
        <span className="row mono f12 t2 bar-hide-narrow bar-branch">
          <span className="sep" />
          <GitBranch size={14} aria-hidden />
          <span className="cut">{project.branch}</span>
          <span className="t3">{project.head === null ? 'no commit yet' : formatOid(project.head)}</span>
        </span>
      )}
    </>
  );
}
