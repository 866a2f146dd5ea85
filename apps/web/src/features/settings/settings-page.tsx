import './settings.css';
import { useProjects } from '../../lib/use-project.ts';
import { DataPart } from './data-part.tsx';
import { DoctorPart } from './doctor-part.tsx';
import { KeysPart } from './keys-part.tsx';
import { PeoplePart } from './people-part.tsx';
import { ProjectPart } from './project-part.tsx';
import { TrustPart } from './trust-part.tsx';
import { WindowPart } from './window-part.tsx';

/** Settings: the project and what it may do, this window, this machine. */
export function SettingsPage() {
  const { project } = useProjects();
  return (
    <div className="page">
      <div className="settings">
        <h1>Settings</h1>
        {project !== null && (
          <>
            <ProjectPart project={project} />
            <TrustPart project={project.id} />
          </>
        )}
        <WindowPart />
        <KeysPart />
        <PeoplePart />
        <DataPart />
        <DoctorPart />
      </div>
    </div>
  );
}
