import { z } from 'zod';
import type { SessionSpec } from '../agent-adapter.ts';
import type { AppServerClient } from './app-server-client.ts';

const Started = z.object({ thread: z.object({ id: z.string() }) });
const Initialized = z.object({ userAgent: z.string() });

const SANDBOX = {
  'read-only': 'read-only',
  workspace: 'workspace-write',
  full: 'danger-full-access',
} as const;
const APPROVALS = { never: 'never', 'on-request': 'on-request', always: 'untrusted' } as const;

/** Shakes hands and starts the thread, or resumes it with the same policy; gives its id, which is the resume key. */
export async function startThread(client: AppServerClient, spec: SessionSpec): Promise<string> {
  Initialized.parse(
    await client.call('initialize', {
      clientInfo: { name: 'thalogos', title: 'Thalogos', version: '0.1.0' },
      capabilities: { experimentalApi: true },
    }),
  );
  client.notify('initialized');
  const common = {
    cwd: spec.cwd,
    sandbox: SANDBOX[spec.policy],
    approvalPolicy: APPROVALS[spec.approvals],
    config: toConfig(spec),
    ...(spec.model === undefined ? {} : { model: spec.model }),
  };
  const started =
    spec.resume === undefined
      ? await client.call('thread/start', common)
      : await client.call('thread/resume', { threadId: spec.resume, excludeTurns: true, ...common });
  return Started.parse(started).thread.id;
}

function toConfig({ mcp }: SessionSpec): Readonly<Record<string, unknown>> {
  const servers = mcp.map(
    ({ name, command, args, env }) => [`mcp_servers.${name}`, { command, args, env }] as const,
  );
  return {
    'tools.update_plan.enabled': true,
    // Its TMPDIR is its own; everybody's /tmp is outside the worktree like any other folder.
    'sandbox_workspace_write.exclude_slash_tmp': true,
    ...Object.fromEntries(servers),
  };
}
