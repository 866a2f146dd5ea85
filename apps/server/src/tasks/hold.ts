import type { TaskProjects, TaskSettings } from './task-place.ts';

/** Why nothing may start in a project; a standing hold ends only when a person does something about it. */
export interface Hold {
  readonly reason: string;
  readonly isStanding: boolean;
}

/** On what terms tasks of a project may start now. */
export interface Terms {
  /** Null where tasks may start. */
  readonly hold: Hold | null;
  /** How many runs there may be at once; 0 while nobody may start anything. */
  readonly concurrency: number;
}

/** What may hold a project. */
export interface HoldDeps {
  readonly projects: TaskProjects;
  readonly pausedBecause: (project: string) => string | null;
  readonly isSaving: (project: string) => boolean;
  /** Asks a person, once, to trust what the project's file wants to run. */
  readonly askForTrust: (project: string, settings: TaskSettings) => void;
}

/** Finds the terms of a project, with one look at its person's branch and one read of its file. */
export function makeFindTerms({ projects, pausedBecause, isSaving, askForTrust }: HoldDeps) {
  return async (project: string): Promise<Terms> => {
    const paused = pausedBecause(project);
    if (paused !== null) return { hold: { reason: paused, isStanding: false }, concurrency: 0 };
    if (isSaving(project))
      return { hold: { reason: 'a Save is under way', isStanding: false }, concurrency: 0 };
    const settings = await projects.settingsAt(project, null);
    const reason = standingReason(settings, projects.isTrusted(project, settings.hash));
    if (reason === null) return { hold: null, concurrency: settings.config.limits.concurrency };
    if (settings.problems.length === 0) askForTrust(project, settings);
    return { hold: { reason, isStanding: true }, concurrency: 0 };
  };
}

function standingReason({ config, problems }: TaskSettings, isTrusted: boolean): string | null {
  const [problem] = problems;
  if (problem !== undefined) {
    return `${problem.file}:${problem.line}: ${problem.message}; mend it, commit, then retry`;
  }
  if (config.setup.length === 0 || isTrusted) return null;
  return "the setup commands of the project's file are not trusted yet";
}
