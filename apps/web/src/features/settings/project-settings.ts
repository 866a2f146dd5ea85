import type { ConfigProblem, ProjectConfig } from '@thalogos/contracts';

/** What a project's file says, what is wrong in it, and where each value of it stands. */
export interface ProjectSettings {
  readonly config: ProjectConfig;
  readonly problems: readonly ConfigProblem[];
  readonly file: string | null;
  readonly lines: Readonly<Record<string, number>>;
}
