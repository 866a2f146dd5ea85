import type { ProjectConfig } from '@thalogos/contracts';
import { roleNamed } from './planning/roles.ts';
import type { AgentWishes } from './tasks/agent-access.ts';
import type { ReadsOnly } from './tasks/task-place.ts';

/** Where what a project says of its agents is read. */
export interface AgentSettings {
  settingsAt(
    project: string,
    commit: null,
  ): Promise<{ readonly config: Pick<ProjectConfig, 'agents'>; readonly hash: string }>;
  isTrusted(project: string, hash: string): boolean;
}

/** What a project wants of an agent; nothing of a file that a person does not trust. */
export async function wishesOf(
  projects: AgentSettings,
  project: string,
  agent: string,
): Promise<AgentWishes> {
  const { config, hash } = await projects.settingsAt(project, null);
  const wish = projects.isTrusted(project, hash) ? config.agents[agent] : undefined;
  return { model: wish?.model ?? null, permission: wish?.permission ?? 'supervised' };
}

/** Why what a task changes is not kept: its role only reads, or the project lets its agent only read. */
export async function readsOnlyBecause(
  projects: AgentSettings,
  {
    project,
    agent,
    role,
  }: { readonly project: string; readonly agent: string; readonly role?: string | null },
): Promise<ReadsOnly | null> {
  if (roleNamed(role)?.policy === 'read-only')
    return { why: `Its role (${role ?? ''}) only reads`, fix: 'Give the task another role to let it write.' };
  const { permission } = await wishesOf(projects, project, agent);
  if (permission !== 'read-only') return null;
  return {
    why: `The project file lets ${agent} only read (permission: read-only)`,
    fix: 'Give the task to another agent, or change the permission, to let it write.',
  };
}
