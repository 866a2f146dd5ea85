import type { AgentPermission } from '@thalogos/contracts';
import type { SessionSpec } from '../agents/agent-adapter.ts';

/** What a project wants of an agent at work. */
export interface AgentWishes {
  /** The model that it is to use; null for its own choice. */
  readonly model: string | null;
  readonly permission: AgentPermission;
}

/** What stands around a run that a permission can't lift. */
export interface Bounds {
  /** What the task's role allows; null for a task without one. */
  readonly role: 'read-only' | 'workspace' | null;
  /** Whether the system keeps agents in their worktrees. */
  readonly contained: boolean;
}

/**
 * What an agent is started with. A permission loosens nothing that the role or the machine
 * forbids: who only reads goes on reading, and who is not contained goes on asking.
 */
export function accessOf(
  permission: AgentPermission,
  { role, contained }: Bounds,
): Pick<SessionSpec, 'policy' | 'approvals'> {
  const policy = role === 'read-only' || permission === 'read-only' ? 'read-only' : 'workspace';
  switch (permission) {
    case 'ask':
      return { policy, approvals: 'always' };
    case 'autonomous':
      return { policy, approvals: contained ? 'never' : 'on-request' };
    case 'supervised':
    case 'read-only':
      return { policy, approvals: 'on-request' };
  }
}

/** Why an agent can't be started as its project wants it; null where it can. */
export function cannotHonour(permission: AgentPermission, agent: string, canAsk: boolean): string | null {
  if (permission !== 'ask' || canAsk) return null;
  return `The project file lets ${agent} do nothing without asking (permission: ask), and ${agent} can't ask.`;
}
