import type { ProjectConfig } from '@thalogos/contracts';
import type { Held, TaskRecord } from './task.ts';
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
  readonly bounds: Bounds;
}

/** What a project says of its agents and its budgets; of its agents nothing while that is not trusted. */
export interface Bounds {
  readonly agents: ProjectConfig['agents'];
  readonly limits: Partial<ProjectConfig['limits']>;
}

const UNBOUND: Bounds = { agents: {}, limits: {} };

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
    if (paused !== null) return held(paused, false);
    if (isSaving(project)) return held('a Save is under way', false);
    const settings = await projects.settingsAt(project, null);
    const isTrusted = projects.isTrusted(project, settings.hash);
    const { limits, agents } = settings.config;
    const reason = standingReason(settings, isTrusted);
    if (reason === null) {
      const bounds = { limits, agents: isTrusted ? agents : {} };
      return { hold: null, concurrency: limits.concurrency, bounds };
    }
    if (settings.problems.length === 0) askForTrust(project, settings);
    return held(reason, true);
  };
}

function held(reason: string, isStanding: boolean): Terms {
  return { hold: { reason, isStanding }, concurrency: 0, bounds: UNBOUND };
}

/** Whether a vendor has asked to wait with a task, and until when. */
export function waitsAsTold({ notBefore = null, agent }: TaskRecord, now: number): Held | null {
  if (notBefore === null || notBefore <= now) return null;
  return { why: `the vendor of ${agent} asked to wait`, until: notBefore };
}

function standingReason({ config, problems }: TaskSettings, isTrusted: boolean): string | null {
  const [problem] = problems;
  if (problem !== undefined) {
    return `${problem.file}:${problem.line}: ${problem.message}; mend it, commit, then retry`;
  }
  if (config.setup.length === 0 || isTrusted) return null;
  return "the setup commands of the project's file are not trusted yet";
}
