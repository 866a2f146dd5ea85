import {
  AcceptTrustInput,
  type ConfigProblem,
  type Project,
  type ProjectConfig,
  ProjectInput,
  RegisterInput,
  type Trust,
} from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';
import type { DemonstrationStep } from './demonstration/demonstration-goal.ts';

/** What a read-only look at a folder found, before anything is written anywhere. */
export interface ProjectLook {
  readonly path: string;
  readonly branch: string | null;
  readonly head: string | null;
  readonly usable: boolean;
  /** Why it can't be used, or what to know before it is. */
  readonly remarks: readonly string[];
  readonly hasConfig: boolean;
}

/** A project file as read from the base commit, with everything that is wrong in it. */
export interface ProjectSettings {
  readonly config: ProjectConfig;
  readonly problems: readonly ConfigProblem[];
  readonly file: string | null;
  /** At which line of the file each setting stands, such as `limits.attempts`; what is not there is a default. */
  readonly lines: Readonly<Record<string, number>>;
}

/** The use cases behind the calls on projects. */
export interface ProjectCalls {
  list(): readonly Project[];
  get(project: string): Project;
  look(path: string): Promise<ProjectLook>;
  register(path: string, actor: Actor): Promise<Project>;
  settings(project: string): Promise<ProjectSettings>;
  trust(project: string): Promise<Trust>;
  acceptTrust(input: { project: string; hash: string }, actor: Actor): Promise<Trust>;
  /** Makes the sample project where it is not there yet, trusts it, and says what to type and do on it. */
  demonstrate(actor: Actor): Promise<{ project: Project; goal: string; steps: readonly DemonstrationStep[] }>;
}

/** Calls on repositories under Thalogos. */
export function makeProjectsApi(calls: ProjectCalls) {
  return router({
    list: procedure('viewer').query(() => ({ projects: calls.list() })),
    get: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => ({ project: calls.get(input.project) })),
    look: procedure('operator')
      .input(RegisterInput)
      .query(({ input }) => calls.look(input.path)),
    register: procedure('operator')
      .input(RegisterInput)
      .mutation(async ({ input, ctx }) => ({
        project: await calls.register(input.path, ctx.actor),
      })),
    settings: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => calls.settings(input.project)),
    trust: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => calls.trust(input.project)),
    acceptTrust: procedure('admin')
      .input(AcceptTrustInput)
      .mutation(({ input, ctx }) => calls.acceptTrust(input, ctx.actor)),
    demonstrate: procedure('operator').mutation(({ ctx }) => calls.demonstrate(ctx.actor)),
  });
}
