import { z } from 'zod';

/**
 * What an agent may do: change nothing; nothing without asking; work in its worktree and ask before
 * anything else; never ask, and do without what its sandbox forbids.
 */
export const AgentPermission = z.enum(['read-only', 'ask', 'supervised', 'autonomous']);
export type AgentPermission = z.infer<typeof AgentPermission>;

/** The points of view that any agent can take on a task. */
export const RoleName = z.enum([
  ...['architect', 'qa', 'security', 'performance'],
  ...['integration', 'bug-hunter', 'docs', 'ux'],
] as const);
export type RoleName = z.infer<typeof RoleName>;
