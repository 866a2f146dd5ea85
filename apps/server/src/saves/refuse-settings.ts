import type { ProjectSettings, SaveProjects } from './save-deps.ts';

/** Why a project's file keeps a Save from going on, and what to do about it; null when it does not. */
export function refusalOf(
  projects: Pick<SaveProjects, 'isTrusted'>,
  project: string,
  settings: ProjectSettings,
): { why: string; fix: string } | null {
  const [problem] = settings.problems;
  if (problem !== undefined) {
    return {
      why: `The project file can't be read: ${problem.file}:${problem.line}:${problem.column} ${problem.message}`,
      fix: 'Mend the file on the branch and save again.',
    };
  }
  const { checks, forge } = settings.config;
  // Without checks nothing of the file is executed by a Save.
  const isHarmless = checks.length === 0 && forge?.required !== true;
  if (isHarmless || projects.isTrusted(project, settings.hash)) return null;
  return {
    why: 'The checks of the project file are not trusted yet, so they were not run.',
    fix: 'Look at what they execute and trust it, in the Settings or with `thalogos trust`.',
  };
}
